// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import static dev.longwatch.dashboards.api.Kept.alert;
import static dev.longwatch.dashboards.api.Kept.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.Stored;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EventStreamTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private static final String STREAM = "/api/v1/events/stream";

    @TempDir
    static Path data;

    private static Elasticsearch elasticsearch;

    @BeforeAll
    static void open() {
        elasticsearch = Elasticsearch.open(SERVER.address());
    }

    @AfterAll
    static void close() {
        elasticsearch.close();
    }

    @Test
    void newsComeAsTheyAreWritten() throws Exception {
        IndexNames names = names("news");
        Stored.in(elasticsearch, names)
                .events(event("old", "gate", "", "a car", 0))
                .store();
        try (TestApi api = TestApi.start(elasticsearch, names, data)) {
            Reader reader = new Reader(api, api.request(STREAM));
            Stored.in(elasticsearch, names)
                    .events(event("new", "gate", "", "a dog", 0))
                    .alerts(alert(event("new", "gate", "", "a dog", 0)))
                    .store();
            assertThat(reader.next(2)).containsExactlyInAnyOrder("event new 1", "alert new 1");

            Stored.in(elasticsearch, names)
                    .events(event("old", 2, "gate", "", "a car", 0))
                    .store();
            assertThat(reader.next(1)).containsExactly("event old 2");
        }
    }

    @Test
    void whoComesBackMissesNothingAlsoWhenTheServerWasStartedAnew() throws Exception {
        IndexNames names = names("back");
        Stored.in(elasticsearch, names)
                .events(event("one", "gate", "", "a car", 0))
                .store();
        String last;
        try (TestApi api = TestApi.start(elasticsearch, names, data)) {
            Reader reader = new Reader(api, api.request(STREAM + "?after=0"));
            assertThat(reader.next(1)).containsExactly("event one 1");
            last = reader.lastId;
        }
        Stored.in(elasticsearch, names)
                .events(event("two", "gate", "", "a car", 0), event("three", "yard", "", "a car", 0))
                .store();
        try (TestApi api = TestApi.start(elasticsearch, names, data)) {
            Reader reader = new Reader(api, api.request(STREAM).header("Last-Event-ID", last));
            assertThat(reader.next(2)).containsExactly("event two 1", "event three 1");
        }
    }

    @Test
    void whoWasCutOffBeforeTheFirstNewsMissesNothing() throws Exception {
        IndexNames names = names("first");
        Stored.in(elasticsearch, names)
                .events(event("one", "gate", "", "a car", 0))
                .store();
        try (TestApi api = TestApi.start(elasticsearch, names, data)) {
            Reader reader = new Reader(api, api.request(STREAM));
            reader.readId();
            Stored.in(elasticsearch, names)
                    .events(event("two", "gate", "", "a car", 0))
                    .store();

            Reader again = new Reader(api, api.request(STREAM).header("Last-Event-ID", reader.lastId));
            assertThat(again.next(1)).containsExactly("event two 1");
        }
    }

    @Test
    void onlyWhatIsMeantIsTold() throws Exception {
        IndexNames names = names("meant");
        Stored.in(elasticsearch, names)
                .events(event("one", "gate", "", "a car", 0), event("two", "yard", "", "a car", 0))
                .store();
        try (TestApi api = TestApi.start(elasticsearch, names, data)) {
            Reader reader = new Reader(api, api.request(STREAM + "?after=0&stream=yard"));
            assertThat(reader.next(1)).containsExactly("event two 1");
            assertThat(api.get(STREAM + "?stream=nobody").status()).isEqualTo(422);
            assertThat(api.head(STREAM).status()).isEqualTo(200);
        }
    }

    /** More than one page, over and over, while it is being read. */
    @Test
    void nothingIsLostOrToldTwiceHoweverMuchComes() throws Exception {
        IndexNames names = names("many");
        Stored.in(elasticsearch, names)
                .events(event("first", "gate", "", "a car", 0))
                .store();
        try (TestApi api = TestApi.start(elasticsearch, names, data)) {
            Reader reader = new Reader(api, api.request(STREAM));
            reader.readId();
            List<String> written = new ArrayList<>();
            for (int batch = 0; batch < 5; batch++) {
                Stored stored = Stored.in(elasticsearch, names);
                for (int i = 0; i < 130; i++) {
                    String id = "e" + batch + "-" + i;
                    written.add("event " + id + " 1");
                    stored.events(event(id, "gate", "", "a car", i));
                }
                stored.store();
            }
            assertThat(reader.next(written.size())).containsExactlyInAnyOrderElementsOf(written);
        }
    }

    private static IndexNames names(String test) {
        return new IndexNames(SERVER.prefix() + "-" + test);
    }

    /** What a browser's EventSource does. */
    private static final class Reader {

        private static final ObjectMapper JSON = new ObjectMapper();

        private final Iterator<String> lines;
        private String lastId = "";

        Reader(TestApi api, HttpRequest.Builder request) throws IOException, InterruptedException {
            lines = api.lines(request);
        }

        void readId() {
            while (lastId.isEmpty()) {
                read(lines.next());
            }
        }

        /** The next news: kind, id, version. */
        List<String> next(int count) throws IOException {
            List<String> news = new ArrayList<>();
            String kind = "";
            while (news.size() < count) {
                String line = lines.next();
                read(line);
                if (line.startsWith("event: ")) {
                    kind = line.substring("event: ".length());
                } else if (line.startsWith("data: ")) {
                    var data = JSON.readTree(line.substring("data: ".length()));
                    news.add(kind + " " + data.path("id").asText() + " "
                            + data.path("version").asText());
                }
            }
            return news;
        }

        private void read(String line) {
            if (line.startsWith("id: ")) {
                lastId = line.substring("id: ".length());
            }
        }
    }
}
