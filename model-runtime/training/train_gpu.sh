#!/usr/bin/env bash
# Nano further, on one GPU and the processors beside it: ./train_gpu.sh WORK OUT TOWER_MINUTES DECODER_MINUTES
# Goes on from the shipped weights, or from WORK's checkpoints. Rendering goes on beside the training: what is rendered is
# learned from at once. After DECODER_MINUTES come a third as many at half the rate, and the mean of the two.
# WORK is best in memory (50 GB for ten minutes). Nothing is needed but Python with the packages of requirements.txt, and the
# pictures' npm package in WORK. OUT gets tower.pt and decoder.pt.
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
films=$((processors / 4)) pairs=$((processors / 4))
crowds=$((processors - films - pairs - 1))
spread $pairs 0 python3 pairs.py --work "$work" --count 256 --shards
spread $crowds $((100000 * seed)) python3 pairs.py --work "$work" --count 256 --sort crowd --shards
rendering=$(jobs -p)
spread $films $((100000 * seed)) python3 features.py --work "$work" --film --clips 64 --seeds
until [ -e "$work/pairs-00.npy" ] && [ -e "$work/pairs-01.npy" ] && compgen -G "$work/crowd-*[0-9].npy" > /dev/null; do sleep 0.5; done

python3 train_tower.py --work "$work" --device "$device" --easy 0 --jitter --batch "${BATCH:-512}" --minutes "$tower" --muon-lr 0.01 --adam-lr 1e-3 --seed "$seed"
kill $rendering 2> /dev/null || true
rm -f "$work"/{crowd,pairs}-*.npy
cp "$work/tower.pt" "$out"
python3 features.py --work "$work" --device "$device" --watch &
until compgen -G "$work/features-*.pt" > /dev/null; do sleep 0.5; done
sleep "${GATHER:-15}"
# decode MINUTES RATE: RATE in thousandths, falling to nothing
decode() {
  python3 train_decoder.py --work "$work" --device "$device" --stage real --tokenizer "$tokenizer" --minutes "$1" --blend 0.4 \
    --loaders $((processors - films - 2)) --more "${MORE:-2}" --muon-lr "${2}e-3" --adam-lr "${2}e-4" --end-scale 0.02 --seed "$seed"
}
decode "$decoder" 12
cp "$work/decoder.pt" "$work/before.pt"
decode "$(awk "BEGIN { print $decoder / 3 }")" 6
python3 mean.py "$work/before.pt" "$work/decoder.pt" --share 0.125
python3 caution.py --work "$work" --tokenizer "$tokenizer"
cp "$work/decoder.pt" "$out"
