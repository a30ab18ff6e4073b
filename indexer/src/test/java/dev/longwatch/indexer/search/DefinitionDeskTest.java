// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import dev.longwatch.indexer.watchlist.Definition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DefinitionDeskTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

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
    void whatIsKeptIsSeenAtOnceByName() {
        DefinitionDesk desk = DefinitionDesk.ofStreams(elasticsearch, names("seen"));
        assertThat(desk.all()).isEmpty();
        assertThat(desk.find("yard")).isEmpty();

        Definition yard = desk.put(Definition.of("yard", "{\"url\":\"rtsp://a\",\"retention\":\"7d\"}"), 1_000);
        Definition garden = desk.put(Definition.of("Garten/Süd 猫", "{\"url\":\"rtsp://b\"}"), 1_000);

        assertThat(desk.all()).containsExactly(garden, yard);
        assertThat(desk.find("Garten/Süd 猫")).hasValue(garden);
        desk.remove(garden);
        desk.remove(garden);
        assertThat(desk.all()).containsExactly(yard);
    }

    @Test
    void streamsAndRulesAreKeptApart() {
        IndexNames names = names("apart");
        DefinitionDesk.ofStreams(elasticsearch, names).put(Definition.of("yard", "{}"), 1_000);

        assertThat(DefinitionDesk.ofRules(elasticsearch, names).all()).isEmpty();
    }

    @Test
    void whoIsSecondOverwritesNothing() {
        DefinitionDesk desk = DefinitionDesk.ofRules(elasticsearch, names("second"));
        Definition seen = desk.put(Definition.of("car", "{\"when\":\"a car\"}"), 1_000);
        Definition newer = desk.put(seen.as("{\"when\":\"a red car\"}"), 2_000);

        assertThatExceptionOfType(IndexException.class)
                .isThrownBy(() -> desk.put(seen.as("{\"when\":\"a blue car\"}"), 3_000))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.CHANGED_MEANWHILE))
                .withMessage("rule 'car' was changed by somebody else meanwhile; look at it again");
        assertThatExceptionOfType(IndexException.class)
                .isThrownBy(() -> desk.remove(seen))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.CHANGED_MEANWHILE));
        assertThatExceptionOfType(IndexException.class)
                .isThrownBy(() -> desk.put(Definition.of("car", "{}"), 3_000))
                .withMessage("there is a rule called 'car' already");
        assertThat(desk.all()).containsExactly(newer);
    }

    @Test
    void whatCannotBeKeptIsRefused() {
        DefinitionDesk desk = DefinitionDesk.ofRules(elasticsearch, names("refused"));

        assertThatIllegalArgumentException().isThrownBy(() -> Definition.of(" ", "{}"));
        assertThatIllegalArgumentException().isThrownBy(() -> Definition.of("a\nb", "{}"));
        assertThatIllegalArgumentException().isThrownBy(() -> Definition.of("a".repeat(121), "{}"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> desk.put(Definition.of("car", "[]"), 1_000))
                .withMessage("'car': expected a JSON object, found ARRAY");
    }

    private static IndexNames names(String test) {
        IndexNames names = new IndexNames(SERVER.prefix() + "-" + test);
        new Schema(elasticsearch, names, 0).install();
        return names;
    }
}
