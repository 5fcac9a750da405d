package io.github.fapipack.fetch;

import java.io.IOException;
import org.apache.http.HttpException;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.config.ConnectionConfig;
import org.apache.http.config.MessageConstraints;
import org.apache.http.impl.NoConnectionReuseStrategy;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.execchain.ClientExecChain;

/**
 * Apache's HTTP client as Keycloak configures it, but without redirects and retries, with limited
 * headers, and connecting only to addresses that the resolver allows.
 */
final class GuardedConnections extends HttpClientBuilder {

  private static final int MOST_HEADERS = 100;
  private static final int LONGEST_LINE = 8_192;

  private final GuardedResolver resolver;

  GuardedConnections(GuardedResolver resolver) {
    this.resolver = resolver;
    setDnsResolver(resolver);
    disableRedirectHandling();
    disableAutomaticRetries();
    // A connection is not reused, because that would bypass the resolver.
    setConnectionReuseStrategy(NoConnectionReuseStrategy.INSTANCE);
    setDefaultConnectionConfig(
        ConnectionConfig.custom()
            .setMessageConstraints(
                MessageConstraints.custom()
                    .setMaxHeaderCount(MOST_HEADERS)
                    .setMaxLineLength(LONGEST_LINE)
                    .build())
            .build());
  }

  @Override
  protected ClientExecChain decorateMainExec(ClientExecChain direct) {
    return (route, request, context, execution) ->
        route.getProxyHost() == null
            ? direct.execute(route, request, context, execution)
            : resolver.<CloseableHttpResponse, IOException, HttpException>throughProxy(
                route.getTargetHost().getHostName(),
                () -> direct.execute(route, request, context, execution));
  }
}
