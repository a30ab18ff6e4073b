// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,                             0,   0",
        "bytes=0-,                              0,  99",
        "bytes=10-19,                          10,  19",
        "bytes=90-1000,                        90,  99",
        "bytes=99-,                            99,  99",
        "bytes=-1,                             99,  99",
        "bytes=-1000,                           0,  99",
        "Bytes= 5-6 ,                           5,   6",
        "bytes=00000000000000000000000000005-6, 5,   6",
        "bytes=5-99999999999999999999999999999, 5,  99"
    })
    void onePartIsUnderstood(String header, long first, long last) {
        assertThat(ByteRange.of(header, 100)).isEqualTo(new ByteRange(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0", "bytes=99999999999999999999999-"})
    void bytesThatAreNotThereAreNoPart(String header) {
        ByteRange range = ByteRange.of(header, 100);
        assertThat(range).isNotNull();
        assertThat(range.satisfiable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=9-5",
                "bytes=a-b",
                "bytes=1-2,5-6",
                "lines=1-2",
                "bytes=--1"
            })
    void otherwiseTheWholeIsTheAnswer(String header) {
        assertThat(ByteRange.of(header, 100)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-", "bytes=-5"})
    void anEmptyFileHasNoParts(String header) {
        ByteRange range = ByteRange.of(header, 0);
        assertThat(range).isNotNull();
        assertThat(range.satisfiable()).isFalse();
    }
}
