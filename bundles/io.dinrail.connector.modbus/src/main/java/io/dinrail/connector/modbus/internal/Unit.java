package io.dinrail.connector.modbus.internal;

/**
 * A unit behind a connection, which is a lane of it.
 *
 * @param id its unit id.
 */
record Unit(int id) {
    static Unit of(int id) {
        return new Unit(id);
    }

    @Override
    public String toString() {
        return "unit " + id;
    }
}
