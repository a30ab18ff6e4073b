// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.generate;

/** Any text at all: the model ends it, or the limit does. */
public final class FreeText implements Grammar {

    @Override
    public boolean viable(String prefix) {
        return true;
    }

    @Override
    public boolean complete(String text) {
        return true;
    }

    @Override
    public boolean finished(String text) {
        return false;
    }
}
