package io.github.fapipack.certificate;

import java.net.InetAddress;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The alternative names of a certificate's subject (RFC 5280 4.2.1.6), as octets. */
final class AlternativeNames {

  /** The tags of the names (context-specific, implicit). */
  static final int EMAIL = 0x81;

  static final int DNS = 0x82;
  static final int URI = 0x86;
  static final int IP = 0x87;

  private static final String EXTENSION = "2.5.29.17";
  private static final int LONGEST_HOST = 253;
  private static final int LONGEST = 2000;

  private static final Pattern HOST =
      Pattern.compile("[\\w]([\\w-]{0,61}\\w)?(\\.[\\w]([\\w-]{0,61}\\w)?)*");

  private static final Pattern LOCAL_PART = Pattern.compile("[\\x21-\\x7e&&[^@]]+");
  private static final Pattern IPV4 =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private AlternativeNames() {}

  /** The names of one kind; empty if the extension cannot be parsed. */
  static List<byte[]> of(X509Certificate certificate, int kind) {
    byte[] extension = certificate.getExtensionValue(EXTENSION);
    if (extension == null) {
      return List.of();
    }
    try {
      return Der.of(Der.of(extension).expect(Der.OCTET_STRING).content()).in(Der.SEQUENCE).stream()
          .filter(name -> name.tag() == kind)
          .map(Der::content)
          .toList();
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  static void checkHost(String host) {
    if (host.length() > LONGEST_HOST || !HOST.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "it is not a host name; write one without wildcard, with xn-- for labels that are not"
              + " ASCII");
    }
  }

  static void checkUri(String uri) {
    try {
      if (uri.length() <= LONGEST
          && new java.net.URI(uri).isAbsolute()
          && uri.chars().allMatch(c -> c < 0x80)) {
        return;
      }
    } catch (URISyntaxException e) {
      // refused below
    }
    throw new IllegalArgumentException("it is not an absolute URI");
  }

  static void checkMailbox(String mailbox) {
    int at = mailbox.lastIndexOf('@');
    if (mailbox.length() > LONGEST
        || at < 0
        || !LOCAL_PART.matcher(mailbox.substring(0, at)).matches()
        || !HOST.matcher(mailbox.substring(at + 1)).matches()) {
      throw new IllegalArgumentException("it is not an e-mail address");
    }
  }

  static boolean isSameMailbox(String registered, String shown) {
    int at = registered.lastIndexOf('@');
    return shown.startsWith(registered.substring(0, at + 1))
        && shown.substring(at + 1).equalsIgnoreCase(registered.substring(at + 1));
  }

  /** The octets of an IP address; names are not resolved. */
  static byte[] address(String text) {
    try {
      if (IPV4.matcher(text).matches()) {
        return InetAddress.getByName(text).getAddress();
      }
      if (text.length() < 50 && IPV6.matcher(text).matches()) {
        byte[] address = InetAddress.getByName("[" + text + "]").getAddress();
        return address.length == 4 ? mapped(address) : address;
      }
    } catch (UnknownHostException e) {
      // refused below
    }
    throw new IllegalArgumentException("it is not an IP address");
  }

  /** Java converts ::ffff:1.2.3.4 to the address 1.2.3.4, which is a different name. */
  private static byte[] mapped(byte[] address) {
    byte[] whole = new byte[16];
    Arrays.fill(whole, 10, 12, (byte) 0xff);
    System.arraycopy(address, 0, whole, 12, 4);
    return whole;
  }
}
