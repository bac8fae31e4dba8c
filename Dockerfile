# syntax=docker/dockerfile:1
# The service in one image: API and workers are the same program, started with another command (compose.yaml).
#   docker build -t translation-auditor .
#   docker build -t translation-auditor --build-arg MODELS=models .    # with the *.argosmodel files of ./models baked in
ARG PYTHON=3.11

FROM python:${PYTHON}-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/auditor
WORKDIR /src
# The lock file alone first: its layer stays as long as no dependency changes.
COPY requirements.lock requirements-build.lock ./
RUN /opt/auditor/bin/pip install --use-pep517 --require-hashes --requirement requirements.lock
RUN python -m venv /opt/build && /opt/build/bin/pip install --require-hashes --requirement requirements-build.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY auditor auditor
COPY samples samples
RUN /opt/build/bin/python -m hatchling build --target wheel --directory /wheel \
 && /opt/auditor/bin/pip install --no-deps --no-index /wheel/*.whl

# A folder with Argos packages, or docker/no-models, which has none.
FROM build AS models
ARG MODELS=docker/no-models
COPY ${MODELS} /packages/
RUN mkdir -p /models && for package in /packages/*.argosmodel; do \
      if [ -e "$package" ]; then ARGOS_PACKAGES_DIR=/models /opt/auditor/bin/auditor models install --from "$package"; fi; \
    done

FROM python:${PYTHON}-slim
LABEL org.opencontainers.image.title="translation-auditor" org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --gid 10001 auditor && useradd --uid 10001 --gid auditor --no-create-home --home-dir /data auditor \
 && install -d -o auditor -g auditor -m 0700 /data
COPY --from=build /opt/auditor /opt/auditor
COPY --from=models /models /models
ENV PATH=/opt/auditor/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    AUDITOR_DATA=/data \
    AUDITOR_CACHE=/data/cache \
    ARGOS_PACKAGES_DIR=/models \
    ORT_DISABLE_TELEMETRY=1
USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
ENTRYPOINT ["auditor"]
CMD ["serve", "--host", "0.0.0.0"]
