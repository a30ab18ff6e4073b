// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.keep;

import static dev.longwatch.indexer.keep.Kept.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PinsTest {

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
    void theSamePinTwiceIsOne() {
        Pins pins = pins("twice");
        Pin pin = Pin.of("gate", seconds(0, 10), "", "why", "ada", 1_000);

        pins.pin(pin);
        pins.pin(Pin.of("gate", seconds(0, 10), "", "a better reason", "ada", 2_000));
        pins.pin(Pin.of("gate", seconds(0, 10), "theft", "", "", 3_000));

        assertThat(pins.all()).hasSize(2).extracting(Pin::note).contains("a better reason");
        assertThat(pins.unpin(pin.id())).isPresent();
        assertThat(pins.unpin(pin.id())).isEmpty();
        assertThat(pins.all()).singleElement().extracting(Pin::caseName).isEqualTo("theft");
    }

    @Test
    void aCaseHasItsPinsAndTakesThemAlong() {
        Pins pins = pins("case");
        pins.open("theft", "the red car", "ada", 5_000);
        pins.open("empty", "", "ada", 5_000);
        Pin one = Pin.of(Kept.event("one", "gate", 10, 1), "theft", "comes", "ada", 6_000);
        Pin two = Pin.of("yard", seconds(0, 10), "theft", "goes", "ada", 6_000);
        Pin other = Pin.of("yard", seconds(0, 10), "never opened", "", "", 6_000);
        List.of(two, one, other).forEach(pins::pin);

        assertThat(pins.cases())
                .containsExactly(
                        new Case("empty", "", 5_000, List.of()),
                        new Case("never opened", "", 0, List.of(other)),
                        new Case("theft", "the red car", 5_000, List.of(one, two)));
        assertThat(pins.close("theft"))
                .hasValueSatisfying(it -> assertThat(it.pins()).hasSize(2));
        assertThat(pins.close("theft")).isEmpty();
        assertThat(pins.all()).containsExactly(other);
    }

    @Test
    void aPinOfAnEventKeepsWhatTouchesIt() {
        Pin pin = Pin.of(Kept.event("one", "gate", 10, 1), "", "", "", 0);

        assertThat(pin.stretch()).isEqualTo(seconds(10, 12));
        assertThat(pin.keeps("gate", seconds(8, 11).fromMillis(), seconds(8, 11).toMillis()))
                .isTrue();
        assertThat(pin.keeps(
                        "gate", seconds(12, 13).fromMillis(), seconds(12, 13).toMillis()))
                .isFalse();
        assertThat(pin.keeps(
                        "yard", seconds(10, 12).fromMillis(), seconds(10, 12).toMillis()))
                .isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> seconds(3, 3));
    }

    private static Pins pins(String test) {
        IndexNames names = new IndexNames(SERVER.prefix() + "-" + test);
        new Schema(elasticsearch, names, 0).install();
        return new Pins(elasticsearch, names);
    }
}
