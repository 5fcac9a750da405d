package io.github.fapipack.resourceserver.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.request.ApiBody;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.request.Frontend;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of containers that hand on the field Host whatever is in it. */
class ServletCallsTest {

  @Test
  void theAddressIsThatWhichTheCallerHasSent() throws Exception {
    ApiRequest call = Frontend.direct().asSent(call("api.bank.example:8443"));

    assertThat(call.targetUri()).isEqualTo("https://api.bank.example:8443/payments?a=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil/accounts?", "/accounts?", "evil?", "evil/x", "a#b", "e/\\", "/"})
  void aHostThatGoesOnIntoAPathDoesNotChangeThePath(String host) throws Exception {
    ApiRequest received = call(host);
    Frontend fixed = Frontend.publicAddress(URI.create("https://api.bank.example"));

    assertThat(fixed.asSent(received).targetUri())
        .isEqualTo("https://api.bank.example/payments?a=1");
    assertThatThrownBy(() -> Frontend.direct().asSent(received)).isInstanceOf(RefusedRequest.class);
  }

  private static ApiRequest call(String host) {
    Map<String, Object> answers =
        Map.of(
            "getMethod", "POST",
            "getScheme", "https",
            "getHeader", host,
            "getRequestURI", "/payments",
            "getQueryString", "a=1",
            "getRemoteAddr", "192.0.2.1",
            "getHeaderNames", Collections.emptyEnumeration());
    HttpServletRequest request =
        (HttpServletRequest)
            Proxy.newProxyInstance(
                ServletCallsTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> answers.get(method.getName()));
    return ServletCalls.of(request, ApiBody.NONE);
  }
}
