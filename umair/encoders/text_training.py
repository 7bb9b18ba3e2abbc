"""Training a text encoder on pairs (paper 2.3): sentence-transformers' own trainer, loss and folder format.

Offline from nothing: vectors of n-grams learnt from the pairs themselves; some minutes on one core. From a checkpoint,
local or from a hub: that model goes on learning, as the paper does.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from datasets import Dataset
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from transformers import PrinterCallback, TrainerCallback, TrainerControl, TrainerState, TrainingArguments
from transformers.trainer_utils import get_last_checkpoint

from umair.encoders.ngram_embedding import NgramEmbedding
from umair.encoders.pairs import MULTILINGUAL, TextPair, unique
from umair.encoders.text_batches import TruePairs, neighbours
from umair.encoders.text_card import count_by_source, text_card
from umair.encoders.text_forms import FORMS
from umair.encoders.text_negatives import with_hard_negatives
from umair.encoders.text_tokenizer import MARK, UNKNOWN
from umair.encoders.words import is_ngrams
from umair.errors import TrainingError
from umair.library.atomic import write_text
from umair.library.runs import RunFolder

MODEL = "model"  # the finished SentenceTransformer folder in a run
CHECKPOINTS = "checkpoints"
KEPT_EVERY = 0.1  # of all steps: how often a checkpoint is written


@dataclass(frozen=True)
class TextTraining:
    """Choices of a training. The defaults are for n-grams from nothing; the paper's are in `paper_training`."""

    start_from: str = ""  # "": from nothing; else a SentenceTransformer folder or hub name
    form: str = "ngrams"  # from nothing: ngrams, bpe or transformer
    sounds: bool = True  # n-grams: kana and hanzi count in Latin letters too
    drop: float = 0.2  # n-grams: share of a text's pieces left out in a step
    compact: bool = True  # n-grams: kept in four bits a number
    dimension: int = 192
    vocabulary: int = 120_000
    emphasis: int = 2  # how often each of the first `core` pairs is told in a pass
    core: int = 0  # how many of the first pairs are the library's own glossary; 0: all count alike
    epochs: int = 8
    batch: int = 1024
    learning_rate: float = 0.01
    warmup: float = 0.05  # share of the steps in which the rate rises
    hard_negatives: bool = False  # beside each pair the nearest wrong text of the model in `start_from`
    scale: float = 12.0  # inverse temperature; lower brings translations closer together
    held_out: float = 0.02  # share of multilingual pairs kept aside whose two texts occur in others
    seed: int = 0


def paper_training() -> TextTraining:
    """The authors' choices, which need their multilingual checkpoint from a hub or a folder."""
    start = "sentence-transformers/distiluse-base-multilingual-cased-v2"
    return TextTraining(start_from=start, epochs=20, batch=80, learning_rate=5e-5, scale=20.0)


def train_text(pairs: Sequence[TextPair], run: RunFolder, config: TextTraining = TextTraining()) -> Path:
    """Train on pairs in a run folder, resuming what it has; returns the model folder `run/model`.

    Writes progress (loss), metrics (held-out R@1 and R@10 by language pair), a card, and ten checkpoints on the way.
    Stops at the next step when the run asks for it. TrainingError if there are too few pairs.
    """
    told = unique(pairs)
    if len(told) < 2:
        raise TrainingError(
            f"{len(told)} usable pairs of texts found, at least 2 are needed. Add a glossary or a table of pairs."
        )
    if config.hard_negatives and not config.start_from:
        raise TrainingError("Hard negatives are found by a trained model. Name one in start_from, or leave them out.")
    kept, aside = hold_out(told, config.held_out, config.seed)
    run.set_state("running")
    try:
        model = start_model(kept, config)
        trainer = _trainer(model, kept, told, run, config)
        trainer.train(resume_from_checkpoint=get_last_checkpoint(str(run.path / CHECKPOINTS)))
        if run.stop_requested():
            run.set_state("stopped")
            return run.path / MODEL
        finish(model, config)
        model.save_pretrained(str(run.path / MODEL), create_model_card=False)
        found = retrieval(model, aside)
        run.write_metrics({"pairs": len(told), "held_out": len(aside), **found, "choices": asdict(config)})
        card = text_card(count_by_source(told), asdict(config), as_table(found), f"Words of {run.path.name}")
        write_text(run.path / MODEL / "README.md", card)
        run.set_state("done")
    except BaseException as error:
        run.set_state("failed", str(error) or type(error).__name__)
        raise
    return run.path / MODEL


def start_model(pairs: Sequence[TextPair], config: TextTraining) -> SentenceTransformer:
    """The model before training: a checkpoint, or a form of ours with random vectors. TrainingError: no such form."""
    torch.manual_seed(config.seed)
    if config.start_from:
        return open_model(config.start_from)
    if config.form not in FORMS:
        raise TrainingError(f"{config.form!r} is no form of a text encoder. Expected one of {', '.join(FORMS)}.")
    core = pairs[: config.core]
    texts = [t for p in [*core * (config.emphasis - 1), *pairs] for t in (p.a, p.b)]
    model = SentenceTransformer(modules=[*FORMS[config.form](texts, config), Normalize()], device="cpu")
    model.model_card_data.generate_widget_examples = False  # the card is ours
    return model


def open_model(name: str) -> SentenceTransformer:
    """A SentenceTransformer by folder or hub name; our own n-gram folders without running a stranger's code."""
    if is_ngrams(Path(name)):
        return SentenceTransformer(modules=[NgramEmbedding.load(name), Normalize()], device="cpu")
    return SentenceTransformer(name, device="cpu")


def finish(model: SentenceTransformer, config: TextTraining) -> None:
    """Round n-grams if chosen; in byte-pair pieces, those that say nothing (an unknown letter, a mark) become zero."""
    first = model[0]
    if isinstance(first, NgramEmbedding) and config.compact:
        first.round_to_four_bits()
    if isinstance(first, StaticEmbedding):
        with torch.no_grad():
            for piece in (UNKNOWN, MARK):
                place = first.tokenizer.token_to_id(piece)
                if place is not None:
                    first.embedding.weight[place] = 0.0


def hold_out(pairs: Sequence[TextPair], share: float, seed: int) -> tuple[list[TextPair], list[TextPair]]:
    """(kept, aside): random multilingual pairs whose texts both occur in a kept pair too, so each can be inferred."""
    uses = Counter(t for p in pairs for t in (p.a, p.b))
    wanted, aside = round(share * len(pairs)), set()
    for place in random.Random(seed).sample(range(len(pairs)), len(pairs)):
        pair = pairs[place]
        if len(aside) < wanted and pair.sub_type in MULTILINGUAL and uses[pair.a] > 1 and uses[pair.b] > 1:
            aside.add(place)
            uses.subtract((pair.a, pair.b))
    return [p for n, p in enumerate(pairs) if n not in aside], [pairs[n] for n in sorted(aside)]


def retrieval(model: SentenceTransformer, aside: Sequence[TextPair]) -> dict[str, float]:
    """R@1 and R@10 of held-out pairs by sub-type: the partner among all held-out texts of its language."""
    found: dict[str, float] = {}
    for sub_type in MULTILINGUAL:
        own = [p for p in aside if p.sub_type == sub_type]
        if not own:
            continue
        candidates = sorted({p.b for p in own})
        place = np.array([candidates.index(p.b) for p in own])
        cosines = model.encode([p.a for p in own]) @ model.encode(candidates).T
        rank = (cosines > cosines[np.arange(len(own)), place][:, None]).sum(1)
        found |= {f"{sub_type} R@1": float((rank < 1).mean()), f"{sub_type} R@10": float((rank < 10).mean())}
    return found


def as_table(found: Mapping[str, float]) -> str:
    """What `retrieval` found, for the model card."""
    if not found:
        return "Nothing was held out."
    rows = [f"| {name} | {value:.3f} |" for name, value in found.items()]
    return "\n".join(["Held-out pairs that can be inferred from others:", "", "| | |", "|---|---:|", *rows])


class _Reporter(TrainerCallback):
    """Tells the run folder how far the trainer is, and the trainer when it shall stop."""

    def __init__(self, run: RunFolder) -> None:
        self.run = run

    def on_step_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **rest: object
    ) -> TrainerControl:
        if self.run.stop_requested():
            control.should_save = control.should_training_stop = True
        return control

    def on_log(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **rest: object
    ) -> TrainerControl:
        last = state.log_history[-1] if state.log_history else {}
        if "loss" in last:
            numbers = {"loss": float(last["loss"]), "epoch": float(last.get("epoch", 0.0))}
            self.run.progress(step=state.global_step, of=state.max_steps, **numbers)
        return control


def _trainer(
    model: SentenceTransformer,
    kept: Sequence[TextPair],
    known: Sequence[TextPair],
    run: RunFolder,
    config: TextTraining,
) -> SentenceTransformerTrainer:
    agree = neighbours(known)
    told = [*kept, *[p for p in kept[: config.core] for _ in range(config.emphasis - 1)]]
    dataset = Dataset.from_dict({"a": [p.a for p in told], "b": [p.b for p in told]})
    if config.hard_negatives:
        dataset = with_hard_negatives(told, model, agree)
    both_ways = ("query_to_doc", "doc_to_query")
    loss = MultipleNegativesRankingLoss(model, scale=config.scale, directions=both_ways, partition_mode="per_direction")
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(run.path / CHECKPOINTS),
        num_train_epochs=config.epochs,
        per_device_train_batch_size=min(config.batch, len(kept)),
        learning_rate=config.learning_rate,
        lr_scheduler_type="linear",
        warmup_steps=config.warmup,
        weight_decay=0.0,
        batch_sampler=TruePairs(agree),
        seed=config.seed,
        save_strategy="steps",
        save_steps=KEPT_EVERY,
        save_total_limit=1,
        logging_steps=10,
        report_to="none",
        disable_tqdm=True,
        use_cpu=not torch.cuda.is_available() or not config.start_from,
        dataloader_pin_memory=False,
    )
    trainer = SentenceTransformerTrainer(
        model=model, args=arguments, train_dataset=dataset, loss=loss, callbacks=[_Reporter(run)]
    )
    trainer.remove_callback(PrinterCallback)  # the run folder tells it
    return trainer
