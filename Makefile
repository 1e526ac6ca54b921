# Two commands do all set-up on a fresh machine with CPython 3.11+: make example, make test.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: example test picture clean

example: $(BIN)/installed
	$(BIN)/gri-index build examples/report.en.docx -o examples/out

test: $(BIN)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto

# The picture in the README; needs LibreOffice and poppler.
picture: example
	cd examples/out && soffice --headless --convert-to pdf content-index.docx >/dev/null && pdftoppm -r 80 -f 1 -l 1 -png -singlefile content-index.pdf ../content-index && rm content-index.pdf

$(BIN)/python:
	$(PYTHON) -m venv .venv

$(BIN)/installed: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(BIN)/installed-dev: $(BIN)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

clean:
	rm -rf .venv examples/out
