package io.dinrail.model.api;

/**
 * The unit of a value.
 *
 * @param symbol a UCUM code such as {@code Cel} or {@code bar}, or plain text; 1 to 32 characters.
 */
public record Unit(String symbol) {
    /** @throws IllegalArgumentException if the symbol is empty or too long. */
    public Unit {
        if (symbol.isBlank() || symbol.length() > 32) {
            throw new IllegalArgumentException("a unit has 1 to 32 characters, not " + symbol.length());
        }
    }

    @Override
    public String toString() {
        return symbol;
    }
}
