#!/bin/sh
# One image, four roles:
#   flink.sh jobmanager         Flink's JobManager; REST on port 8081
#   flink.sh taskmanager        a TaskManager: reads, decodes, asks the model
#   flink.sh watch CONFIG.json  submits a watch job and waits for its end
#   flink.sh record CONFIG.json submits a record job and waits for its end
# All jars stand in Flink's own class path and none in a job jar: libtorch and FFmpeg can be loaded only once a process.
#
# Environment: JOBMANAGER (host of the JobManager), LONGWATCH_LIB (folder of jars), FLINK_CONF_DIR (holds config.yaml),
# FLINK_BIND (address the ports listen on), TASKMANAGER_HOST (name under which the JobManager reaches this TaskManager),
# METRICS_PORT (where Prometheus reads a role's metrics, on all addresses, without a password; unset for nowhere).
set -eu

lib=${LONGWATCH_LIB:-/opt/longwatch/lib}
conf=${FLINK_CONF_DIR:-/opt/longwatch/conf}
jobmanager=${JOBMANAGER:-jobmanager}
bind=${FLINK_BIND:-0.0.0.0}
export FLINK_CONF_DIR="$conf" FLINK_LIB_DIR="$lib"
opens=""
for package in util lang nio time util.concurrent; do
  opens="$opens --add-opens=java.base/java.$package=ALL-UNNAMED"
done
metrics=""
if [ -n "${METRICS_PORT:-}" ]; then
  reporter=metrics.reporter.prometheus
  metrics="-D $reporter.factory.class=org.apache.flink.metrics.prometheus.PrometheusReporterFactory"
  # names of streams and operators as they are
  metrics="$metrics -D $reporter.port=$METRICS_PORT -D $reporter.filterLabelValueCharacters=false"
fi

case ${1:-} in
  jobmanager)
    # shellcheck disable=SC2086 # the opens are many words
    exec java $opens -Xmx512m -cp "$conf:$lib/*" \
      org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint --configDir "$conf" \
      -D jobmanager.rpc.address="$jobmanager" -D jobmanager.bind-host="$bind" \
      -D rest.address="$jobmanager" -D rest.bind-address="$bind" $metrics
    ;;
  taskmanager)
    host=${TASKMANAGER_HOST:-$(hostname)}
    settings="-D jobmanager.rpc.address=$jobmanager -D taskmanager.host=$host -D taskmanager.bind-host=$bind $metrics"
    # Flink works out the heap and the memory limits from config.yaml
    # shellcheck disable=SC2086
    answer=$(java -cp "$conf:$lib/*" org.apache.flink.runtime.util.bash.BashJavaUtils \
      GET_TM_RESOURCE_PARAMS --configDir "$conf" $settings | sed -n 's/^BASH_JAVA_UTILS_EXEC_RESULT://p')
    jvm=$(printf '%s\n' "$answer" | sed -n 1p)
    dynamic=$(printf '%s\n' "$answer" | sed -n 2p)
    # shellcheck disable=SC2086
    exec java $opens $jvm -cp "$conf:$lib/*" org.apache.flink.runtime.taskexecutor.TaskManagerRunner \
      --configDir "$conf" $dynamic $settings
    ;;
  watch)
    [ $# -eq 2 ] || { echo "usage: flink.sh watch CONFIG.json" >&2; exit 2; }
    # shellcheck disable=SC2086
    exec java $opens -Xmx512m -cp "$conf:$lib/*" dev.longwatch.jobs.WatchMain "$2"
    ;;
  record)
    [ $# -eq 2 ] || { echo "usage: flink.sh record CONFIG.json" >&2; exit 2; }
    # shellcheck disable=SC2086
    exec java $opens -Xmx512m -cp "$conf:$lib/*" dev.longwatch.jobs.RecordMain "$2"
    ;;
  *)
    sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
