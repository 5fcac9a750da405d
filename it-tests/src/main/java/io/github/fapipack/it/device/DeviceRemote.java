package io.github.fapipack.it.device;

import io.github.fapipack.it.client.Acknowledged;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.NamedValues;
import java.net.URI;
import javax.net.ssl.SSLContext;

/** Somebody at the stand-in device of {@code mvn -Pserve}, which may be in another process. */
public record DeviceRemote(URI device, SSLContext tls) {

  /** What the device shows of a request; an empty node if it has none, or has answered it. */
  public HttpExchange requests() {
    return send("GET", device.resolve("/requests"));
  }

  /**
   * Agrees to a request.
   *
   * @return whether it was this that told the server; a device may agree by itself
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
