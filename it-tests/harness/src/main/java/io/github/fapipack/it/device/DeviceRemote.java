package io.github.fapipack.it.device;

import io.github.fapipack.it.client.Acknowledged;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.NamedValues;
import java.net.URI;
import javax.net.ssl.SSLContext;

/**
 * A remote control for the simulated device of {@code mvn -Pserve}, which may run in another
 * process.
 */
public record DeviceRemote(URI device, SSLContext tls) {

  /** The request that the device shows; an empty node if there is none or it was answered. */
  public HttpExchange requests() {
    return send("GET", device.resolve("/requests"));
  }

  /**
   * Approves a request.
   *
   * @return whether this call answered it; a device may have answered by itself
   */
  public boolean approve(Acknowledged acknowledged) {
    return send("POST", device.resolve("/requests/" + acknowledged.bindingMessage() + "/approve"))
            .status()
        == 200;
  }

  /** The pings that have arrived at an address of the same process. */
  public HttpExchange pings(URI inbox) {
    return send("GET", inbox);
  }

  private HttpExchange send(String method, URI address) {
    return new HttpTransport(tls, false).send(method, address, new NamedValues(), "");
  }
}
