# MovieSir.Inference with CUDA 13, which Microsoft.ML.OnnxRuntime.Gpu needs from 1.27 on. Context: the program published with its runtime,
#   dotnet publish MovieSir.Inference -c Release -r linux-x64 --self-contained -p:OnnxRuntime=Gpu -o artifacts/inference-gpu
#   docker build -f deploy/images/inference-gpu.Dockerfile -t moviesir/inference:VERSION-gpu artifacts/inference-gpu
FROM nvidia/cuda:13.0.2-cudnn-runtime-ubuntu24.04
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libicu74 libssl3t64 tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 1654 --create-home --user-group app
WORKDIR /app
COPY . .
ENV DOTNET_RUNNING_IN_CONTAINER=true ORT_DISABLE_TELEMETRY=1
USER app
ENTRYPOINT ["/app/MovieSir.Inference"]
