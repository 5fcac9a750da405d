package io.github.fapipack.http;

import io.github.fapipack.authentication.RejectRepeatedParameters;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Removes parameters without a value from a query or a form, because they count as not sent (RFC
 * 6749 3.1, 3.2). Repeated parameters stay, so that they are still refused.
 */
final class SentParameters {

  private SentParameters() {}

  /**
   * @param text a query or form, as it was sent
   * @param elsewhere names of parameters that are also sent in another place
   */
  static String of(String text, Set<String> elsewhere) {
    List<String> sent = List.of(text.split("&", -1));
    if (sent.stream().noneMatch(SentParameters::isEmpty)) {
      return text;
    }
    Map<String, Integer> times = new HashMap<>();
    sent.forEach(parameter -> times.merge(name(parameter), 1, Integer::sum));
    return sent.stream()
        .filter(
            parameter -> {
              String name = name(parameter);
              boolean repeated = times.get(name) > 1 || elsewhere.contains(name);
              return !isEmpty(parameter)
                  || (repeated && !RejectRepeatedParameters.mayBeRepeated(name));
            })
        .collect(Collectors.joining("&"));
  }

  private static boolean isEmpty(String parameter) {
    int value = parameter.indexOf('=');
    return value < 0 || value == parameter.length() - 1;
  }

  private static String name(String parameter) {
    int value = parameter.indexOf('=');
    String name = value < 0 ? parameter : parameter.substring(0, value);
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name; // the code that parses the whole text refuses it
    }
  }
}
