package io.github.fapipack.samples.bank;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Runs the API: {@code java -jar fapi-sample-bank.jar bank.json}. */
public final class SampleBank {
  private static final int THREADS = 16;
  private static final int WAITING = 200;

  private SampleBank() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("Usage: java -jar fapi-sample-bank.jar bank.json");
      System.exit(2);
    }
    limitCallers();
    HttpsServer server = start(BankSettings.read(Path.of(arguments[0])));
    System.out.println("The sample bank listens on port " + server.getAddress().getPort());
  }

  /** A caller who sends slowly, or too much, must not keep others waiting. */
  private static void limitCallers() {
    System.setProperty("sun.net.httpserver.maxReqTime", "20");
    System.setProperty("sun.net.httpserver.maxRspTime", "20");
    System.setProperty("sun.net.httpserver.maxReqHeaders", "100");
    System.setProperty("sun.net.httpserver.maxReqHeaderSize", "65536");
    System.setProperty("jdk.httpserver.maxConnections", "1000");
    // Otherwise the end of a response waits for the caller's acknowledgement of its beginning.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  static HttpsServer start(BankSettings settings) throws IOException {
    Bank bank = new Bank(settings);
    HttpsServer server = HttpsServer.create(new InetSocketAddress(settings.port()), 0);
    server.setHttpsConfigurator(new Listener(settings.tls().forCallers()));
    server.setExecutor(
        new ThreadPoolExecutor(
            THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(WAITING)));
    server.createContext("/", bank);
    server.start();
    return server;
  }

  private static final class Listener extends HttpsConfigurator {
    Listener(SSLContext context) {
      super(context);
    }

    @Override
    public void configure(HttpsParameters parameters) {
      SSLParameters tls = getSSLContext().getDefaultSSLParameters();
      tls.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      // Wanted, not needed: tokens that are bound to a DPoP key come without a certificate.
      tls.setWantClientAuth(true);
      parameters.setSSLParameters(tls);
    }
  }
}
