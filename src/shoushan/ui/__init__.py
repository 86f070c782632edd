"""The shared look of all pages: base templates, components, template tags, static assets."""
