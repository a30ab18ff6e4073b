// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.evidence;

import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.Evidence;
import java.io.InterruptedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes of alerts in, what there is to see of each out: a thumbnail as soon as it is known, a clip once it is over. One
 * alert after the other on a thread of its own, so that neither stream nor messages wait; those to come are in the
 * checkpoint. At the end of the input it waits until all are done.
 *
 * <p>Counted in the metric group {@code evidence}: alerts {@code made}, those {@code incomplete} and, as a gauge, {@code
 * waiting}.
 */
public final class Gather extends AbstractStreamOperator<Evidence>
        implements OneInputStreamOperator<Alert, Evidence>, BoundedOneInput {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Gather.class);

    /** No more alerts than this wait; of those that come then nothing is made. */
    static final int MOST = 1_000;

    /** Open alerts whose thumbnails are remembered; of another one a second one is made. */
    private static final int MOST_OPEN = 10_000;

    /** FFmpeg gives up on a file by then. */
    private static final int CLOSE_SECONDS = 30;

    private final EvidenceFolder folder;
    private final int most;
    private transient @Nullable MailboxExecutor mailbox;
    private transient @Nullable ListState<Alert> waitingState;
    private transient @Nullable ListState<Evidence> openState;
    private transient @Nullable Counter made;
    private transient @Nullable Counter incomplete;
    private transient @Nullable ExecutorService thread;
    private transient Map<String, Alert> waiting = new LinkedHashMap<>();
    private transient Map<String, Evidence> open = new LinkedHashMap<>();
    private transient boolean busy;

    public Gather(EvidenceFolder folder) {
        this(folder, MOST);
    }

    Gather(EvidenceFolder folder, int most) {
        this.folder = folder;
        this.most = most;
    }

    @Override
    public void setMailboxExecutor(MailboxExecutor executor) {
        super.setMailboxExecutor(executor);
        mailbox = executor;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        waiting = new LinkedHashMap<>();
        open = new LinkedHashMap<>();
        waitingState = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("waiting", Types.POJO(Alert.class)));
        openState = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("open", Types.POJO(Evidence.class)));
        for (Alert alert : waitingState.get()) {
            waiting.put(alert.id(), alert);
        }
        for (Evidence evidence : openState.get()) {
            open.put(evidence.alert(), evidence);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        MetricGroup metrics = getMetricGroup().addGroup("evidence");
        made = metrics.counter("made");
        incomplete = metrics.counter("incomplete");
        metrics.gauge("waiting", () -> waiting.size());
        thread = Executors.newSingleThreadExecutor(work -> {
            Thread worker = new Thread(work, "evidence");
            worker.setDaemon(true);
            // Flink closes the task's own loader when the task ends, and ImageIO, which looks for its plugins once by
            // the
            // loader of whoever comes first, would be lost to the whole process
            worker.setContextClassLoader(Gather.class.getClassLoader());
            return worker;
        });
        makeNext();
    }

    @Override
    public void processElement(StreamRecord<Alert> element) {
        Alert alert = element.getValue();
        if (alert.state() == Alert.State.OPEN && open.containsKey(alert.id())) {
            return;
        }
        if (waiting.size() >= most && !waiting.containsKey(alert.id())) {
            tell(Evidence.none(alert).without("nothing was made: " + most + " alerts are waiting already"));
            return;
        }
        // what it is now counts, when its turn comes
        waiting.put(alert.id(), alert);
        makeNext();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        Objects.requireNonNull(waitingState).update(List.copyOf(waiting.values()));
        Objects.requireNonNull(openState).update(List.copyOf(open.values()));
    }

    @Override
    public void endInput() throws InterruptedException {
        while (!waiting.isEmpty()) {
            Objects.requireNonNull(mailbox).yield();
        }
    }

    @Override
    public void close() throws Exception {
        if (thread != null) {
            thread.shutdownNow();
            thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        }
        super.close();
    }

    private void makeNext() {
        if (busy || waiting.isEmpty() || thread == null) {
            return;
        }
        busy = true;
        Alert alert = waiting.values().iterator().next();
        Evidence before = open.getOrDefault(alert.id(), Evidence.none(alert));
        thread.execute(() -> makeOnItsThread(alert, before));
    }

    private void makeOnItsThread(Alert alert, Evidence before) {
        try {
            Evidence evidence = makeWhatever(alert, before);
            Objects.requireNonNull(mailbox).execute(() -> finished(alert, evidence), "evidence made");
        } catch (InterruptedIOException | RejectedExecutionException taskHasEnded) {
            LOG.info("the task ended while evidence of {} was made; a restored one makes it again", alert.id());
        }
    }

    private Evidence makeWhatever(Alert alert, Evidence before) throws InterruptedIOException {
        try {
            return new Maker(folder).make(alert, before);
        } catch (LinkageError e) {
            // without FFmpeg's libraries nobody could watch anything, but alerts of other workers still come by here
            LOG.error("no evidence can be made on this machine", e);
            return Evidence.none(alert).without("nothing was made: " + e);
        }
    }

    private void finished(Alert alert, Evidence evidence) {
        busy = false;
        // it may have changed meanwhile: then it waits on
        waiting.remove(alert.id(), alert);
        if (alert.state() == Alert.State.OPEN) {
            open.put(alert.id(), evidence);
            forgetOldest();
        } else {
            open.remove(alert.id());
        }
        tell(evidence);
        makeNext();
    }

    private void forgetOldest() {
        Iterator<String> oldest = open.keySet().iterator();
        while (open.size() > MOST_OPEN) {
            oldest.next();
            oldest.remove();
        }
    }

    private void tell(Evidence evidence) {
        Objects.requireNonNull(made).inc();
        if (!evidence.problem().isEmpty()) {
            Objects.requireNonNull(incomplete).inc();
            LOG.warn("evidence of {} on {}: {}", evidence.alert(), evidence.stream(), evidence.problem());
        }
        output.collect(new StreamRecord<>(evidence));
    }
}
