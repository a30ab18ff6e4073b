#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes the videos of this folder. Needed only to change them: tests read the committed files.
#   usage: ./make_videos.sh        wants Debian's ffmpeg (libx264, libx265, libvpx, libsvtav1) and python3
#
# Every picture carries its own number as 16 boxes along its bottom edge, lowest bit left, white for 1.
# At 25 pictures a second picture n is on screen from n * 40 ms, in every container, also where pictures were left out.
set -eu
cd "$(dirname "$0")"
RUN="ffmpeg -hide_banner -loglevel error -nostdin -y -threads 1"

boxes=""
for i in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
  boxes="$boxes,drawbox=x=$((i * 20)):y=150:w=20:h=30:t=fill:c=white:enable='mod(floor(n/$((1 << i)))\,2)'"
done
# a grey wall, a square that wanders over it, a black strip with the boxes
scene() { # seconds
  echo "color=c=0x707880:s=320x180:r=25:d=$1[wall];color=c=0xd07030:s=40x40:r=25:d=$1[square];[wall][square]overlay=x='140+120*sin(t*0.7)':y='55+50*cos(t*0.9)'[moved];[moved]drawbox=y=150:h=30:t=fill:c=black$boxes,format=yuv420p"
}
make() { # seconds, then output options and file
  seconds=$1
  shift
  $RUN -f lavfi -i "$(scene "$seconds")" -fflags +bitexact -flags:v +bitexact "$@"
}
x264() { echo "-c:v libx264 -preset medium -crf 32 -g 50 -keyint_min 50 -sc_threshold 0 -threads 1"; }

make 40 $(x264) -bf 3 -movflags +faststart -metadata creation_time=2026-03-01T09:30:00Z b-frames.mp4
make 20 $(x264) -bf 0 no-b-frames.mp4
make 20 $(x264) -bf 3 -x264-params open-gop=1 -movflags +faststart open-gop.mp4
make 20 -c:v libx264 -preset medium -crf 32 -g 9999 -bf 3 -threads 1 one-key.mp4
make 20 -c:v libx265 -preset medium -crf 34 -tag:v hvc1 -x265-params log-level=error:keyint=50:min-keyint=50:pools=1:frame-threads=1 hevc.mp4
make 20 -c:v libvpx-vp9 -b:v 0 -crf 50 -g 50 -cpu-used 4 -threads 1 vp9.webm
make 20 -c:v libsvtav1 -preset 9 -crf 50 -g 50 av1.mkv
make 14 -c:v mpeg4 -q:v 20 -g 50 -bf 2 mpeg4.avi
$RUN -i b-frames.mp4 -t 20 -c copy -fflags +bitexact b-frames.mkv
# to a pipe: without length and index, as a recording that broke off
$RUN -i hevc.mp4 -c copy -fflags +bitexact -f matroska pipe:1 > no-length.mkv
$RUN -i b-frames.mp4 -t 17 -c copy -fflags +bitexact -muxdelay 0.7 b-frames.ts
$RUN -i b-frames.mp4 -t 20 -c copy -fflags +bitexact -movflags +frag_keyframe+empty_moov+default_base_moof fragmented.mp4
# seven pictures of every 100 are missing, and seconds 8 to 13 altogether
$RUN -f lavfi -i "$(scene 20),select='not(between(mod(n\,100)\,40\,46))*not(between(n\,200\,324))'" -vsync vfr \
  -fflags +bitexact -flags:v +bitexact $(x264) -bf 3 variable-rate.mp4
# what a camera sends after somebody changed its settings: goes behind b-frames.ts
$RUN -f lavfi -i "$(scene 21)" -vf "trim=start_frame=450,setpts=PTS-STARTPTS,scale=160:90:flags=area" -fflags +bitexact -flags:v +bitexact \
  $(x264) -bf 3 -muxdelay 0.7 -output_ts_offset 18.08 smaller.ts
# stored lying on its side, with the matrix that stands it up again
$RUN -f lavfi -i "$(scene 20),transpose=cclock" -fflags +bitexact -flags:v +bitexact $(x264) -bf 3 rotated-upright.mp4
$RUN -i rotated-upright.mp4 -c copy -fflags +bitexact -metadata:s:v rotate=270 rotated.mp4
rm rotated-upright.mp4

# what people hand in besides
: > empty.mp4
printf 'Dear Longwatch,\n\nthis is a letter and no video.\n' > text.mp4
$RUN -f lavfi -i sine=frequency=440:duration=2 -c:a aac -b:a 32k -fflags +bitexact audio-only.m4a
python3 - <<'PY'
import random

def read(name):
    return bytearray(open(name, "rb").read())

def write(name, data):
    open(name, "wb").write(data)

whole = read("b-frames.mp4")
write("truncated.mp4", whole[: len(whole) * 2 // 5])           # index first, pictures cut off
plain = read("no-b-frames.mp4")
write("no-index.mp4", plain[: plain.rfind(b"moov") - 4])       # pictures, index cut off
write("unknown-codec.mp4", plain.replace(b"avc1", b"zzz1"))
ts, dice = read("b-frames.ts"), random.Random(7)
for _ in range(60):                                            # bytes flipped in the second third only
    ts[dice.randrange(len(ts) // 3, 2 * len(ts) // 3)] ^= 1 << dice.randrange(8)
write("corrupt.ts", ts)
PY
$RUN -f lavfi -i color=c=black:s=15000x15000:r=1:d=1,format=monob -frames:v 1 -fflags +bitexact bomb.png
$RUN -f image2 -i bomb.png -c copy -fflags +bitexact bomb.mov
mv bomb.mov bomb.mp4
rm bomb.png

{
  echo "made by make_videos.sh with"
  ffmpeg -version | head -1
  dpkg-query -W -f '${Package} ${Version}\n' libx264-164 libx265-199 libvpx7 libsvtav1enc1 python3 2> /dev/null
  echo
  sha256sum -- *.mp4 *.mkv *.ts *.webm *.avi *.m4a
} > manifest.txt
