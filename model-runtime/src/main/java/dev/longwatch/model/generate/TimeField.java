// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.generate;

/**
 * How a time is written: a whole part without needless zeros in front, then places of fixed width.
 *
 * <p>A time is counted in its smallest place: {@code 9.5} seconds are 95, {@code 01:02.50} are 6,250.
 */
enum TimeField {
    /** {@code 9.5}: seconds with one decimal. */
    TENTHS(1, ".9"),
    /** {@code 01:02.50}: minutes, at least two digits and maybe above 59, seconds and hundredths. */
    CLOCK(2, ":59.99");

    private final int leastDigits;
    private final String places;

    /**
     * @param leastDigits of the whole part
     * @param places what follows it: a digit is the highest that may stand there, anything else stands for itself
     */
    TimeField(int leastDigits, String places) {
        this.leastDigits = leastDigits;
        this.places = places;
    }

    /** Digits the whole part is filled up to with zeros; beyond, it does not begin with one. */
    int leastDigits() {
        return leastDigits;
    }

    String places() {
        return places;
    }

    /** Units in one of the whole part: 10 or 6,000. */
    long unitsInWhole() {
        long units = 1;
        for (int place = 0; place < places.length(); place++) {
            units *= values(place);
        }
        return units;
    }

    /** How many values a place takes; 1 where nothing but a sign stands. */
    int values(int place) {
        char sign = places.charAt(place);
        return sign >= '0' && sign <= '9' ? sign - '0' + 1 : 1;
    }

    /** The last unit that is not after so many seconds. */
    long limit(double seconds) {
        if (!(seconds >= 0) || seconds > 1e9) {
            throw new IllegalArgumentException("expected the seconds of a clip, found " + seconds);
        }
        double unitsInSecond = this == TENTHS ? 10 : 100;
        // 0.29 * 100 is a little less than 29
        return (long) Math.floor(seconds * unitsInSecond + 1e-6);
    }
}
