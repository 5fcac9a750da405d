package io.github.fapipack.authz;

/**
 * Limits of the JDK's HTTP server, which reads them from system properties when it is first used.
 */
final class HttpLimits {
  private HttpLimits() {}

  static void apply(int connections) {
    set("sun.net.httpserver.nodelay", "true");
    set("jdk.httpserver.maxConnections", Integer.toString(connections));
    set("sun.net.httpserver.maxIdleConnections", Integer.toString(connections));
    // Seconds. Longer than nginx keeps a connection, so that it never uses one that closes.
    set("sun.net.httpserver.idleInterval", "75");
    // Who sends or reads slowly does not hold a thread for longer.
    set("sun.net.httpserver.maxReqTime", "10");
    set("sun.net.httpserver.maxRspTime", "30");
    // More than a proxy takes (nginx: 64 KiB, which can be thousands of fields), so that what it
    // has taken gets an answer.
    set("sun.net.httpserver.maxReqHeaders", "16384");
    set("sun.net.httpserver.maxReqHeaderSize", "1048576");
  }

  /** What the command line says stays. */
  private static void set(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
