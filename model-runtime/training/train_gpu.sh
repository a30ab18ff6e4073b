#!/usr/bin/env bash
# Nano further, on one GPU and the processors beside it: ./train_gpu.sh WORK OUT TOWER_MINUTES DECODER_MINUTES
# Goes on from the shipped weights, or from WORK's checkpoints. Rendering goes on beside the training: what is rendered is
# learned from at once. After DECODER_MINUTES come a third as many at half the rate, and the mean of the two.
# Another SEED renders other scenes. At least four processors.
# WORK is best in memory (20 GB for ten minutes, and 80 of the GPU's). Nothing is needed but Python with the packages of
# requirements.txt, and the pictures' npm package in WORK. OUT gets tower.pt and decoder.pt.
set -euo pipefail
cd "$(dirname "$0")"
work=$1 out=$2 tower=$3 decoder=$4
processors=${PROCESSORS:-$(nproc)} seed=${SEED:-1} device=${DEVICE:-cuda}
tokenizer=../src/main/resources/dev/longwatch/model/nano/tokenizer.json
export OMP_NUM_THREADS=1 TOKENIZERS_PARALLELISM=false PYTHONUNBUFFERED=1
ulimit -n "$(ulimit -Hn)"
trap 'kill $(jobs -p) 2> /dev/null || true' EXIT
mkdir -p "$out"
[ -e "$work/tower.pt" ] || python3 export.py --resume --work "$work" --out "$(dirname "$tokenizer")"

# in the background, process by process: COMMAND..., FIRST and END of the numbers of its shards
spread() {
  local count=$1 from=$2
  shift 2
  for ((number = 0; number < count; number++)); do
    nice "$@" $((from + 1000 * number)) $((from + 1000 * number + 1000)) &
  done
}
# the tower waits for pairs, the decoder for clips; two processes are the trainings' own
loaders=$((processors * 3 / 8)) early=$(((processors + 7) / 8))
crowds=$(((processors - early) / 2)) pairs=$(((processors - early - 1) / 2)) first=$((100000 * seed))
python3 pairs.py --work "$work" --count 256 --shards 0 1 &
spread $pairs $first python3 pairs.py --work "$work" --count 256 --shards
spread $crowds $first python3 pairs.py --work "$work" --count 256 --sort crowd --shards
rendering=$(jobs -p)
spread $early $first python3 features.py --work "$work" --film --clips 64 --seeds
until [ -e "$work/pairs-00.npy" ] && compgen -G "$work/pairs-$seed*[0-9].npy" > /dev/null \
  && compgen -G "$work/crowd-*[0-9].npy" > /dev/null; do sleep 0.5; done

python3 train_tower.py --work "$work" --device "$device" --easy 0 --jitter --consume --batch "${BATCH:-512}" --minutes "$tower" --muon-lr 0.01 --adam-lr 1e-3 --seed "$seed"
kill $rendering 2> /dev/null || true
rm -f "$work"/{crowd,pairs}-*.npy
spread $((processors - early - loaders - 2)) $((first + 50000)) python3 features.py --work "$work" --film --clips 64 --seeds
cp "$work/tower.pt" "$out"
python3 features.py --work "$work" --device "$device" --watch &
until [ "$(compgen -G "$work/features-*.pt" | wc -l)" -ge "${GATHER:-24}" ]; do sleep 0.5; done
# decode MINUTES RATE: RATE in thousandths, falling to nothing
decode() {
  python3 train_decoder.py --work "$work" --device "$device" --stage real --tokenizer "$tokenizer" --minutes "$1" --blend 0.4 \
    --loaders $loaders --more "${MORE:-3}" --muon-lr "${2}e-3" --adam-lr "${2}e-4" --end-scale 0.02 --seed "$seed"
}
decode "$decoder" 12
cp "$work/decoder.pt" "$work/before.pt"
decode "$(awk "BEGIN { print $decoder / 3 }")" 6
python3 mean.py "$work/before.pt" "$work/decoder.pt" --share 0.125
cp "$work/decoder.pt" "$out"
