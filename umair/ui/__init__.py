"""What Streamlit draws with: theme, components, charts."""
