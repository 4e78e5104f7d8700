package io.dinrail.identity.h2.internal.audit;

import io.dinrail.identity.h2.internal.text.PlainText;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What one attacker has at will: an address of IPv4, or 64 bits' worth of addresses of IPv6. */
final class AddressBlock {
    /** Text that the JDK reads as an address and never asks a name server about. */
    private static final Pattern IP6 = Pattern.compile("[0-9a-fA-F]{0,4}:[0-9a-fA-F:.]{1,40}");

    private static final int LONGEST = 64;
    private static final int PREFIX = 8;

    private AddressBlock() {}

    static String of(String address) {
        int zone = address.indexOf('%');
        String plain = zone < 0 ? address : address.substring(0, zone);
        if (IP6.matcher(plain).matches()) {
            try {
                InetAddress parsed = InetAddress.getByName(plain);
                // Everybody on a cable has link-local addresses of one block.
                return parsed instanceof Inet6Address && !parsed.isLinkLocalAddress()
                        ? HexFormat.of().formatHex(parsed.getAddress(), 0, PREFIX) + "::/64"
                        : parsed.getHostAddress();
            } catch (UnknownHostException e) {
                return "no address";
            }
        }
        return PlainText.of(plain, LONGEST);
    }
}
