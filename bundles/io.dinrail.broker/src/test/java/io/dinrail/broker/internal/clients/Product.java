package io.dinrail.broker.internal.clients;

/** The client libraries. */
enum Product {
    HIVE_3 {
        @Override
        Client client(Login login) {
            return new Hive3(login);
        }
    },
    HIVE_5 {
        @Override
        Client client(Login login) {
            return new Hive5(login);
        }
    },
    PAHO_3 {
        @Override
        Client client(Login login) throws Exception {
            return new Paho3(login);
        }
    },
    PAHO_5 {
        @Override
        Client client(Login login) throws Exception {
            return new Paho5(login);
        }
    };

    abstract Client client(Login login) throws Exception;

    /** A client that is connected. */
    final Client connected(Login login) throws Exception {
        Client client = client(login);
        client.connect();
        return client;
    }
}
