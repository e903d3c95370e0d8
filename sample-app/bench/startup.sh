#!/usr/bin/env bash
# CPU time (user + system) that a JVM takes from start to end: without an agent, with an empty one, and with ours; for a program
# that our agent's targets do not touch (hello) and for one that they do (the sample proxy, started and stopped at once).
# The arms of a round run one after the other and the rounds repeat, so that a busy moment of the machine meets all arms.
set -euo pipefail

usage() {
    cat <<'TEXT'
startup.sh [--java HOME]... [--rounds N] [--out FILE]
  --java HOME   home of a JDK; may be repeated (default: the java on PATH)
  --rounds N    starts of each arm (default 10)
  --out FILE    raw figures, JSON (default target/startup.json)
Build first: mvn -q -DskipTests package
TEXT
}

fail() {
    echo "startup.sh: $*" >&2
    exit 2
}

root=$(cd "$(dirname "$0")/../.." && pwd)
javas=()
rounds=10
out=$root/target/startup.json
while (($#)); do
    case $1 in
        --help) usage; exit 0 ;;
        --java | --rounds | --out) (($# > 1)) || fail "$1 needs a value." ;;&
        --java) javas+=("$2/bin/java"); shift 2 ;;
        --rounds) rounds=$2; shift 2 ;;
        --out) out=$2; shift 2 ;;
        *) fail "found '$1', expected --java, --rounds, --out or --help." ;;
    esac
done
[[ $rounds =~ ^[1-9][0-9]*$ ]] || fail "--rounds: found '$rounds', expected a number of at least 1."
((${#javas[@]})) || javas=("$(command -v java || fail "there is no java on PATH; name a JDK with --java HOME.")")

for java in "${javas[@]}"; do
    [[ -x $java ]] || fail "there is no program $java; name the home directory of a JDK with --java."
done

agent_jar=$root/agent/dist/target/usr1-agent.jar
proxy_jar=$root/sample-app/proxy/target/sample-proxy.jar
target=$root/sample-app/sample-proxy.yaml
bench=$root/sample-app/bench/target/sample-bench.jar
small=$root/sample-app/bench/target/sample-bench-startup.jar
for file in "$agent_jar" "$proxy_jar" "$target" "$bench" "$small"; do
    [[ -f $file ]] || fail "there is no file $file; build it with 'mvn -q -DskipTests package'."
done

with_none=()
with_empty=("-javaagent:$small")
with_usr1=("-javaagent:$agent_jar" "-Dusr1.targets=$target")
hello=(-cp "$small" sample.bench.startup.Hello)
proxy=(-jar "$proxy_jar" --listen 127.0.0.1:0 --admin 127.0.0.1:0 --server 127.0.0.1:9 --exit-on-eof)

# One start; prints user and system milliseconds. A program that fails makes the measurement fail.
cpu() {
    local TIMEFORMAT='%3U %3S' times
    times=$({ time "$@" </dev/null >/dev/null 2>"$errors"; } 2>&1) || fail "failed: $*: $(tail -n 1 "$errors")"
    awk '{ printf "%d %d", $1 * 1000 + 0.5, $2 * 1000 + 0.5 }' <<<"$times"
}

sample() {
    local java=$1 jdk=$2 program=$3 agent=$4 user system
    local -n with=with_$agent run=$program
    read -r user system <<<"$(cpu "$java" "${with[@]}" "${run[@]}")"
    [[ -n $user ]] || exit 2
    printf '%s\n    {"round": %d, "jdk": %d, "program": "%s", "agent": "%s", "userMs": %d, "sysMs": %d}' \
        "$comma" "$round" "$jdk" "$program" "$agent" "$user" "$system" >>"$raw"
    comma=,
}

errors=$(mktemp)
raw=$(mktemp)
trap 'rm -f "$errors" "$raw"' EXIT
comma=
for ((round = 1; round <= rounds; round++)); do
    echo "start-up: round $round of $rounds" >&2
    for java in "${javas[@]}"; do
        jdk=$("$java" -XshowSettings:properties -version 2>&1 | awk '$1 == "java.specification.version" { print $3 }')
        for agent in none empty usr1; do sample "$java" "$jdk" hello "$agent"; done
        for agent in none usr1; do sample "$java" "$jdk" proxy "$agent"; done
    done
done
mkdir -p "$(dirname "$out")"
printf '{\n  "samples": [%s\n  ]\n}\n' "$(cat "$raw")" >"$out"
"${javas[0]}" -cp "$bench" sample.bench.figures.StartupFigures "$out"
echo "raw figures: $out" >&2
