package io.github.fapipack.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.http.conn.DnsResolver;
import org.jboss.logging.Logger;

/**
 * Resolves names to addresses that clients may make the server connect to. The connection is made
 * to exactly these addresses, so a name that changes a moment later (DNS rebinding) or an unusual
 * notation of an address bypasses nothing.
 */
final class GuardedResolver implements DnsResolver {

  private static final Logger LOGGER = Logger.getLogger(GuardedResolver.class);

  /** Set while a thread connects to the operator's proxy, which resolves the name itself. */
  private final ThreadLocal<Boolean> towardsProxy = ThreadLocal.withInitial(() -> false);

  private final DnsResolver names;
  private final List<Network> allowed;

  /**
   * @param names resolves names
   * @param allowed networks that may be reached although they are not public
   */
  GuardedResolver(DnsResolver names, List<Network> allowed) {
    this.names = names;
    this.allowed = List.copyOf(allowed);
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] found = names.resolve(host);
    if (towardsProxy.get()) {
      return found;
    }
    InetAddress[] permitted =
        Arrays.stream(found).filter(this::isPermitted).toArray(InetAddress[]::new);
    if (permitted.length == 0) {
      LOGGER.warnf(
          "Nothing is fetched from %s, which is in a private network (see %s)",
          host, GuardedHttpClients.OPTION);
      throw new ForbiddenDestination(host);
    }
    return permitted;
  }

  private boolean isPermitted(InetAddress address) {
    return PublicAddresses.has(address) || allowed.stream().anyMatch(net -> net.has(address));
  }

  /** An exchange through a proxy. */
  interface Exchange<T, E1 extends Exception, E2 extends Exception> {
    T run() throws E1, E2;
  }

  /**
   * Lets the current thread connect to a proxy at any address. The proxy resolves the target's name
   * and must restrict it; an IP address as target is checked here.
   */
  <T, E1 extends Exception, E2 extends Exception> T throughProxy(
      String target, Exchange<T, E1, E2> exchange) throws E1, E2, UnknownHostException {
    if (!isName(target)) {
      resolve(target);
    }
    towardsProxy.set(true);
    try {
      return exchange.run();
    } finally {
      towardsProxy.remove();
    }
  }

  /** The last label of a host name begins with a letter; that of an IP address does not. */
  private static boolean isName(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    String last = name.substring(name.lastIndexOf('.') + 1);
    return !last.equalsIgnoreCase("localhost")
        && !last.isEmpty()
        && Character.isLetter(last.charAt(0))
        && host.indexOf(':') < 0;
  }
}
