#!/usr/bin/env bash
# CPU time (user + system) and wall time that a JVM takes from start to end: without an agent, with an empty one, with ours, and
# with OpenTelemetry's where its jar is; for a program that our agent's targets do not touch (hello) and for one that they do (the
# sample proxy, started and stopped at once). Where the JDK has an AOT cache, the first three with one trained with that agent too.
# The arms of a round run one after the other and the rounds repeat, so that a busy moment of the machine meets all arms.
set -euo pipefail

usage() {
    cat <<'TEXT'
startup.sh [--java HOME]... [--rounds N] [--out FILE]
  --java HOME   home of a JDK; may be repeated (default: one of each version from 17 on of JAVA_HOME or the java on PATH,
                those in USR1_JDKS, a path list, and those beside it)
  --rounds N    starts of each arm (default 10)
  --out FILE    raw figures, JSON (default target/startup.json)
Build first: mvn -q -DskipTests package; mvn -q -DskipTests verify fetches OpenTelemetry's agent too.
Why a hit costs what it costs: startup-profile.sh
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

agent_jar=$root/agent/dist/target/usr1-agent.jar
proxy_jar=$root/sample-app/proxy/target/sample-proxy.jar
target=$root/sample-app/sample-proxy.yaml
bench=$root/sample-app/bench/target/sample-bench.jar
small=$root/sample-app/bench/target/sample-bench-startup.jar
for file in "$agent_jar" "$proxy_jar" "$target" "$bench" "$small"; do
    [[ -f $file ]] || fail "there is no file $file; build it with 'mvn -q -DskipTests package'."
done

((${#javas[@]})) || mapfile -t javas < <("${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$bench" sample.bench.jvm.Jdks | sed 's|$|/bin/java|')
((${#javas[@]})) || fail "no JDK was found; name one with --java HOME."
for java in "${javas[@]}"; do
    [[ -x $java ]] || fail "there is no program $java; name the home directory of a JDK with --java."
done

other=$root/sample-app/bench/target/others/opentelemetry.jar
agents=(none empty usr1)
[[ -f $other ]] && agents+=(opentelemetry)

with_none=()
with_empty=("-javaagent:$small")
with_usr1=("-javaagent:$agent_jar" "-Dusr1.targets=$target")
with_opentelemetry=("-javaagent:$other" -Dotel.javaagent.logging=none
    -Dotel.traces.exporter=none -Dotel.metrics.exporter=none -Dotel.logs.exporter=none)
hello=(-cp "$small" sample.bench.startup.Hello)
proxy=(-jar "$proxy_jar" --listen 127.0.0.1:0 --admin 127.0.0.1:0 --server 127.0.0.1:9 --exit-on-eof)

# One start; prints user, system and wall milliseconds. A program that fails makes the measurement fail.
times() {
    local TIMEFORMAT='%3U %3S %3R' times
    times=$({ time "$@" </dev/null >/dev/null 2>"$work/errors"; } 2>&1) || fail "failed: $*: $(tail -n 1 "$work/errors")"
    awk '{ printf "%d %d %d", $1 * 1000 + 0.5, $2 * 1000 + 0.5, $3 * 1000 + 0.5 }' <<<"$times"
}

sample() {
    local java=$1 jdk=$2 program=$3 agent=$4 cached=$5 cache=() user system wall
    local -n with=with_$agent run=$program
    [[ $cached == true ]] && cache=("-XX:AOTCache=$work/$jdk-$program-$agent.aot")
    read -r user system wall <<<"$(times "$java" "${cache[@]}" "${with[@]}" "${run[@]}")"
    [[ -n $user ]] || exit 2
    printf '%s\n    {"round": %d, "jdk": %d, "program": "%s", "agent": "%s", "cached": %s, "userMs": %d, "sysMs": %d, "wallMs": %d}' \
        "$comma" "$round" "$jdk" "$program" "$agent" "$cached" "$user" "$system" "$wall" >>"$work/raw"
    comma=,
}

# In two steps, because in one the JVM that writes the cache does not know what our jar's manifest adds to the boot path.
train() {
    local java=$1 jdk=$2 program=$3 agent=$4 boot=() name=$work/$2-$3-$4
    local -n with=with_$agent run=$program
    [[ $agent == usr1 ]] && boot=("-Xbootclasspath/a:$agent_jar")
    times "$java" -XX:AOTMode=record "-XX:AOTConfiguration=$name.conf" "${with[@]}" "${run[@]}" >/dev/null
    "$java" -XX:AOTMode=create "-XX:AOTConfiguration=$name.conf" "-XX:AOTCache=$name.aot" "${boot[@]}" "${with[@]}" "${run[@]}" \
        >"$work/errors" 2>&1 || echo "start-up: no AOT cache of $program with agent '$agent': $(grep -m 1 error "$work/errors")" >&2
}

specification() {
    "$1" -XshowSettings:properties -version 2>&1 | awk '$1 == "java.specification.version" { print $3 }'
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: >"$work/raw"
comma=
for java in "${javas[@]}"; do
    "$java" -XX:AOTMode=auto -version >/dev/null 2>&1 || continue
    echo "start-up: training of $java" >&2
    for program in hello proxy; do
        # Not OpenTelemetry's: writing a cache of what it recorded crashes JDK 25.
        for agent in none empty usr1; do train "$java" "$(specification "$java")" "$program" "$agent"; done
    done
done
for ((round = 1; round <= rounds; round++)); do
    echo "start-up: round $round of $rounds" >&2
    for java in "${javas[@]}"; do
        jdk=$(specification "$java")
        for program in hello proxy; do
            for agent in "${agents[@]}"; do
                sample "$java" "$jdk" "$program" "$agent" false
                if [[ -f $work/$jdk-$program-$agent.aot ]]; then sample "$java" "$jdk" "$program" "$agent" true; fi
            done
        done
    done
done
mkdir -p "$(dirname "$out")"
printf '{\n  "samples": [%s\n  ]\n}\n' "$(cat "$work/raw")" >"$out"
"${javas[0]}" -cp "$bench" sample.bench.figures.StartupFigures "$out"
echo "raw figures: $out" >&2
