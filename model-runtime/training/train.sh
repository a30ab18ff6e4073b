#!/usr/bin/env bash
# Nano from nothing: ./train.sh [WORK [OUT]]. Needs Python 3.11, npm and about 45 GB in WORK; about five hours on two cores;
# faster machines only train longer. A second call goes on with the stage that the first one was stopped in.
set -euo pipefail
cd "$(dirname "$0")"
work=${1:-work} model=${2:-../src/main/resources/dev/longwatch/model/nano}
mkdir -p "$work" "$model"
work=$(cd "$work" && pwd) model=$(cd "$model" && pwd)
[ -e "$work/venv" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet -r requirements.txt
python="$work/venv/bin/python"
export OMP_NUM_THREADS=1
[ -e "$work/emoji-datasource-google-16.0.0.tgz" ] || (cd "$work" && npm pack emoji-datasource-google@16.0.0)

# once NAME COMMAND...: runs a stage that has not been run to its end
once() {
  local mark="$work/$1.done"
  shift
  [ -e "$mark" ] || { "$@" && touch "$mark"; }
}
train() { "$work/venv/bin/torchrun" --nproc-per-node "${PROCESSES:-2}" "$@" --work "$work"; }
decoder() { train train_decoder.py --tokenizer "$model/tokenizer.json" "$@"; }
see() { "$python" features.py --work "$work" --clips 1400 --seeds "$1" $(("$1" + 1)); }

"$python" build_tokenizer.py --out "$model"
once easy "$python" pairs.py --work "$work" --sort easy --shards 0 6
once crowd "$python" pairs.py --work "$work" --sort crowd --shards 0 16
once pairs "$python" pairs.py --work "$work" --shards 0 42
train train_tower.py --minutes 150
once small decoder --stage small --minutes 6 --end-scale 0.8
once find decoder --stage find --minutes 12 --end-scale 0.3 --faults 0.1 0.03 0.01 0.02
once answer decoder --stage answer --minutes 12 --end-scale 0.3 --faults 0.15 0.06 0.01 0.02
for seed in 1 2; do
  once "features-$seed" see "$seed"
done
once real decoder --stage real --minutes 34 --end-scale 0.3 --muon-lr 0.012 --adam-lr 1.2e-3
once polish decoder --stage real --minutes 20 --end-scale 0.02 --muon-lr 0.0045 --adam-lr 4.5e-4
once caution "$python" caution.py --work "$work" --tokenizer "$model/tokenizer.json"
"$python" export.py --work "$work" --out "$model"
"$python" make_eval.py --work "$work" --out "$work/eval"
../../longwatch eval --labels "$work/eval/labels.jsonl" --model "$model" --whole 16 --out "$work/result"
"$python" groups.py --about "$work/eval/about.jsonl" --answers "$work/result/answers.jsonl"
