package io.dinrail.boot.internal;

import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.api.console.Terminal;

/** Sessions whose commands print themselves, or fail when they are called fail. */
final class EchoSessions implements SessionFactory {
    @Override
    public Session create(InputStream in, PrintStream out, PrintStream err) {
        return (Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("execute")) {
                        echo(out, arguments[0].toString());
                    }
                    return null;
                });
    }

    private static void echo(PrintStream out, String line) {
        if (line.equals("fail")) {
            throw new IllegalStateException("fail is not possible");
        }
        out.print(line);
    }

    @Override
    public Session create(InputStream in, PrintStream out, PrintStream err, Session session) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Session create(
            InputStream in, PrintStream out, PrintStream err, Terminal term, String encoding, Runnable closeCallback) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Registry getRegistry() {
        throw new UnsupportedOperationException();
    }
}
