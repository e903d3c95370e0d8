#!/usr/bin/env bash
# Why a start with the agent costs what it costs: what the sample proxy loads more with the agent than without, by package, and
# how its CPU time divides over the JVM's threads once it serves (Linux: read from /proc).
set -euo pipefail

java=${1:-$(command -v java)}
[[ -d $java ]] && java=$java/bin/java
root=$(cd "$(dirname "$0")/../.." && pwd)
agent=("-javaagent:$root/agent/dist/target/usr1-agent.jar" "-Dusr1.targets=$root/sample-app/sample-proxy.yaml")
proxy=(-jar "$root/sample-app/proxy/target/sample-proxy.jar" --listen 127.0.0.1:0 --admin 127.0.0.1:0 --server 127.0.0.1:9 --exit-on-eof)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Runs until the proxy serves; leaves classes and threads in files of that name.
run() {
    local name=$1
    shift
    mkfifo "$work/$name.in"
    "$java" "-Xlog:class+load:file=$work/$name.log" "$@" "${proxy[@]}" <"$work/$name.in" >"$work/$name.out" 2>&1 &
    local pid=$!
    exec 9>"$work/$name.in"
    until grep -q '^ready' "$work/$name.out"; do
        kill -0 "$pid" 2>/dev/null || { cat "$work/$name.out" >&2; exit 2; }
        read -r -t 0.1 <> <(:) || true
    done
    for task in /proc/"$pid"/task/*; do
        awk -v hz="$(getconf CLK_TCK)" -v name="$(<"$task/comm")" '{ sub(/.*\) /, ""); printf "%6d ms  %s\n", ($12 + $13) * 1000 / hz, name }' "$task/stat"
    done | awk '{ ms[substr($0, 12)] += $1 } END { for (name in ms) if (ms[name] >= 10) printf "%6d ms  %s\n", ms[name], name }' | sort -rn >"$work/$name.threads"
    exec 9>&-
    wait "$pid"
    # A class that the JVM made up has a number behind its name, another one in each run.
    awk '$0 ~ / source: / { for (i = 1; i <= NF; i++) if ($(i + 1) == "source:") { sub(/[\/+]?0x.*/, "", $i); print $i } }' "$work/$name.log" | sort >"$work/$name.classes"
}

run without
run with "${agent[@]}"
for name in without with; do
    echo "CPU by thread, $name the agent:"
    cat "$work/$name.threads"
    echo "classes, $name the agent: $(wc -l <"$work/$name.classes")"
done
echo "classes more with the agent, by package:"
comm -13 "$work/without.classes" "$work/with.classes" | sed 's/\.[^.]*$//' | sort | uniq -c | sort -rn | head -40
