#!/usr/bin/env bash
# Fuzzes the readers of training logs with libFuzzer and the address sanitizer.
#
#   Tests/Fuzzing/fuzz.sh [FORMAT] [SECONDS]
#
# FORMAT is the name of one reader (as in `losscast inspect --why`), `all` for each in turn, or `any`
# (default) for files as they come, with the format found from the bytes. Every reader starts from the
# samples in fixtures/logs and fixtures/hostile and from what earlier runs found in Tests/Fuzzing/corpus.
# A crash, a hang of 10 s, or more than 1 GiB for an input of at most 10 kB stops the run; the input is
# left in .build/fuzz.
set -euo pipefail
cd "$(dirname "$0")/../.."
name=${1:-any}
seconds=${2:-600}
build=.build/fuzz
mkdir -p "$build/seeds"

clang=$(dirname "$(readlink -f "$(command -v swiftc)")")/clang
if [ ! -x "$build/fuzzer" ] ||
  [ -n "$(find Sources/TrainingLogs Sources/CTextScan Tests/Fuzzing -name '*.*' -newer "$build/fuzzer")" ]; then
  objects=()
  for source in Sources/CTextScan/*.c; do
    object=$build/$(basename "$source" .c).o
    "$clang" -O2 -fsanitize=fuzzer-no-link,address -ISources/CTextScan/include -c "$source" -o "$object"
    objects+=("$object")
  done
  printf 'module CTextScan { header "%s" export * }\n' \
    "$PWD/Sources/CTextScan/include/CTextScan.h" >"$build/module.modulemap"
  # One module, so that every function is instrumented.
  swiftc -O -whole-module-optimization -swift-version 6 -module-name TrainingLogs \
    -package-name losscast \
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility \
    -sanitize=fuzzer,address -parse-as-library \
    -I Sources/CZlib -I Sources/CZstd -I "$build" \
    $(find Sources/TrainingLogs -name '*.swift') Tests/Fuzzing/LogFuzzer.swift "${objects[@]}" \
    -lz -lzstd -use-ld=lld -o "$build/fuzzer"
fi

find fixtures/logs fixtures/hostile -type f -size -10k | while read -r sample; do
  cp "$sample" "$build/seeds/$(echo "$sample" | tr / _)"
done

formats=$name
if [ "$name" = all ]; then
  formats=$(grep -rhoE 'static let name = "[a-z0-9.-]+"' Sources/TrainingLogs | cut -d'"' -f2 | sort -u)
fi
for format in $formats; do
  mkdir -p "$build/$format" Tests/Fuzzing/corpus
  unset LOSSCAST_FUZZ_FORMAT
  [ "$format" = any ] || export LOSSCAST_FUZZ_FORMAT=$format
  "$build/fuzzer" "$build/$format" "$build/seeds" Tests/Fuzzing/corpus \
    -max_total_time="$seconds" -max_len=10000 -timeout=10 -rss_limit_mb=1024 -malloc_limit_mb=512 \
    -print_final_stats=1 -artifact_prefix="$build/$format-" 2>&1 |
    grep -E 'DONE|stat::number|SUMMARY|ERROR|Test unit' | sed "s/^/$format: /"
done
