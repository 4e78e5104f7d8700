package io.dinrail.connector.opcua.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.sdk.client.identity.IdentityProvider;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.sdk.client.identity.X509IdentityProvider;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;

/** Makes of a login what a session shows to the server; sees to it that a password can't be read on its way. */
final class Identities {
    private static final String SECRET = "secret:";
    /** The policies whose way of encrypting a password is still good. */
    private static final Set<String> GOOD = Set.of(
            SecurityPolicy.Basic256Sha256.getUri(),
            SecurityPolicy.Aes128_Sha256_RsaOaep.getUri(),
            SecurityPolicy.Aes256_Sha256_RsaPss.getUri());

    private final Login login;
    private final Security security;
    private final SecretFolder secrets;

    Identities(Login login, Security security, SecretFolder secrets) {
        this.login = login;
        this.security = security;
        this.secrets = secrets;
    }

    /**
     * Makes what shows who logs in.
     *
     * @throws Refused if the endpoint doesn't take it, or others could read the password.
     */
    IdentityProvider provider(EndpointDescription endpoint, CertificateValidator trust)
            throws Refused, IOException, GeneralSecurityException {
        return switch (login.kind()) {
            case UserName -> {
                UserTokenPolicy policy = passwordPolicy(endpoint);
                byte[] password = password().getBytes(UTF_8);
                // the library wipes what it was given
                yield new UsernameProvider(login.username(), password::clone, trust, offered -> policy);
            }
            case Certificate ->
                new X509IdentityProvider(
                        Pem.certificates(secrets.file(login.certificate())), Pem.key(secrets.file(login.key())));
            default -> AnonymousProvider.INSTANCE;
        };
    }

    boolean isTakenBy(EndpointDescription endpoint) {
        return policies(endpoint).anyMatch(policy -> true);
    }

    // encrypted with the server's own key where it offers that, whatever the channel does
    private UserTokenPolicy passwordPolicy(EndpointDescription endpoint) throws Refused {
        List<UserTokenPolicy> offered = policies(endpoint).toList();
        Optional<UserTokenPolicy> safe =
                offered.stream().filter(policy -> encrypts(policy, endpoint)).findFirst();
        boolean readable = security.isNone() || !security.encrypts() && safe.isEmpty();
        if (readable && !login.clear()) {
            throw new Refused("others could read the password over " + security
                    + ": choose a security.mode of SignAndEncrypt, or write password.in.clear = allow");
        }
        return safe.orElseGet(() -> offered.get(0));
    }

    private static boolean encrypts(UserTokenPolicy policy, EndpointDescription endpoint) {
        String own = policy.getSecurityPolicyUri();
        String uri = own == null || own.isEmpty() ? endpoint.getSecurityPolicyUri() : own;
        return GOOD.contains(String.valueOf(uri))
                && endpoint.getServerCertificate() != null
                && endpoint.getServerCertificate().length() > 0;
    }

    private Stream<UserTokenPolicy> policies(EndpointDescription endpoint) {
        UserTokenPolicy[] all = endpoint.getUserIdentityTokens();
        return all == null
                ? Stream.empty()
                : Arrays.stream(all).filter(policy -> policy.getTokenType() == login.kind());
    }

    private String password() throws IOException {
        if (!login.password().startsWith(SECRET)) {
            return login.password();
        }
        Path file = secrets.file(login.password().substring(SECRET.length()));
        return Files.readString(file, UTF_8).stripTrailing();
    }

    /** The login can't be used with this endpoint; the message says why. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }
}
