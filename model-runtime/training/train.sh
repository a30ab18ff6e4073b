#!/usr/bin/env bash
# Nano from nothing: ./train.sh [WORK]. Needs Python 3.11, npm and about 10 GB in WORK; about three hours on two cores; faster machines only train longer.
set -euo pipefail
cd "$(dirname "$0")"
work=${1:-work}
model=../src/main/resources/dev/longwatch/model/nano
mkdir -p "$work"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet -r requirements.txt
python="$work/venv/bin/python"
export OMP_NUM_THREADS=1
[ -e "$work/emoji-datasource-google-16.0.0.tgz" ] || (cd "$work" && npm pack emoji-datasource-google@16.0.0)

"$python" build_tokenizer.py --out "$model"
"$python" pairs.py --work "$work" --shards 0 8
"$python" train_tower.py --work "$work" --minutes 40 &
tower=$!
decoder() { "$python" train_decoder.py --work "$work" --tokenizer "$model/tokenizer.json" "$@"; }
decoder --stage small --minutes 5
decoder --stage find --minutes 12 --faults 0.1 0.02 0.01 0.02
decoder --stage answer --minutes 20 --faults 0.1 0.02 0.01 0.02
wait "$tower"
for seed in 1 2; do
  "$python" features.py --work "$work" --seed "$seed" --render 800
  "$python" features.py --work "$work" --seed "$seed"
done
decoder --stage real --minutes 30 --end-scale 0.05 --muon-lr 0.01 --adam-lr 1e-3
"$python" export.py --work "$work" --out "$model"
"$python" make_eval.py --work "$work" --scenes 200 --seed 1 --out "$work/eval"
"$python" evaluate.py --model "$model" --labels "$work/eval/labels.jsonl"
