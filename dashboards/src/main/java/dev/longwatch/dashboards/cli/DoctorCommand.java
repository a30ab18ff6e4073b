// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.config.LongwatchConfig;
import dev.longwatch.dashboards.doctor.Finding;
import dev.longwatch.dashboards.doctor.Finding.State;
import dev.longwatch.dashboards.doctor.Jobs;
import dev.longwatch.dashboards.doctor.Machine;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Installation;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Say what is missing on this machine, before it fails: Java, memory, disk, longwatch.yaml, the API's port,"
                    + " Elasticsearch, FFmpeg, a GPU, the model. Starts Elasticsearch and opens the model, as a first run"
                    + " would.",
            "Ends as the first command would that needs what is wrong."
        },
        footer = {"", "Examples:", "  longwatch doctor", "  longwatch doctor --model ~/models/Qwen2.5-VL-7B-Instruct"})
final class DoctorCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private IndexOptions index = new IndexOptions();

    private final List<Finding> findings = new ArrayList<>();

    @Override
    public Integer call() {
        Screen screen = Screen.standard(json);
        try {
            tell(Machine.java(), screen);
            tell(Machine.memory(), screen);
            tell(Machine.data(index.folder()), screen);
            LongwatchConfig config = config(screen);
            if (config != null) {
                tell(Machine.api(config.api(), index.folder()), screen);
                tell(elasticsearch(screen), screen);
            }
            screen.progress("opening the model");
            jobs(config, screen);
        } finally {
            screen.clear();
        }
        List<Finding> wrong = findings.stream()
                .filter(finding -> finding.state() == State.WRONG)
                .toList();
        screen.say(
                wrong.isEmpty()
                        ? "Everything that is needed is there."
                        : wrong.size() + (wrong.size() == 1 ? " thing is wrong." : " things are wrong."));
        return (wrong.isEmpty() ? ExitCode.OK : wrong.get(0).failure()).code();
    }

    private @Nullable LongwatchConfig config(Screen screen) {
        try {
            LongwatchConfig config = index.file().alone();
            String found = Files.exists(index.path())
                    ? index.path() + ": streams " + config.streams().size() + ", rules "
                            + config.writtenRules().size() + ", channels "
                            + config.channels().size()
                    : "none here; streams and rules are those of the index";
            tell(Finding.ok("longwatch.yaml", found), screen);
            return config;
        } catch (Problem e) {
            tell(Finding.wrong("longwatch.yaml", e), screen);
            return null;
        }
    }

    private Finding elasticsearch(Screen screen) {
        try {
            return index.ask(screen, (elasticsearch, names) -> {
                new Schema(elasticsearch, names, 0).require();
                return Finding.ok(
                        "Elasticsearch",
                        "answers at " + elasticsearch.address() + ", and is " + elasticsearch.health());
            });
        } catch (Problem e) {
            return Finding.wrong("Elasticsearch", e);
        }
    }

    private void jobs(@Nullable LongwatchConfig config, Screen screen) {
        String chosen = model.isEmbedded() && config != null ? config.model() : model.checkpoint();
        try {
            Path log = Files.createTempFile("longwatch-doctor", ".log");
            Jobs.check(Installation.find(), chosen, log, finding -> tell(finding, screen));
            if (findings.stream().allMatch(finding -> finding.state() != State.WRONG)) {
                Files.delete(log);
            }
        } catch (IOException e) {
            tell(Finding.wrong("job", ExitCode.DISK, "no log can be written: " + e), screen);
        }
    }

    private void tell(Finding finding, Screen screen) {
        findings.add(finding);
        String state = finding.state().name().toLowerCase(Locale.ROOT);
        screen.say(String.format(Locale.ROOT, "%-5s  %-14s  %s", state, finding.what(), finding.found()));
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", "finding");
        line.put("what", finding.what());
        line.put("state", state);
        line.put("found", finding.found());
        screen.object(line);
    }
}
