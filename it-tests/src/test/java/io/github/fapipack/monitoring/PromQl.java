package io.github.fapipack.monitoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The metrics of a PromQL expression, with the labels by which it chooses and groups them.
 *
 * @param selectors each metric with its matchers
 * @param labels what stands in by(), without() and the like
 */
record PromQl(List<Selector> selectors, Set<String> labels) {

  /**
   * One metric.
   *
   * @param labels the names of its matchers
   * @param equal those matchers that want exactly one value
   */
  record Selector(String metric, Set<String> labels, Map<String, String> equal) {}

  private static final Set<String> WORDS =
      Set.of(
          "and", "or", "unless", "bool", "offset", "by", "without", "on", "ignoring", "inf", "nan");

  private static final Pattern GROUPING =
      Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");

  private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*]|\\boffset\\s+[-\\w$]+");
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w:.$])([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{([^}]*)}|\\()?");

  private static final Pattern MATCHER =
      Pattern.compile("\\s*([a-zA-Z_]\\w*)\\s*(=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*,?");

  static PromQl parse(String expression) {
    Set<String> labels = new LinkedHashSet<>();
    Matcher groupings = GROUPING.matcher(expression);
    groupings
        .results()
        .map(found -> found.group(2))
        .flatMap(list -> Pattern.compile("\\w+").matcher(list).results())
        .map(MatchResult::group)
        .forEach(labels::add);
    String rest = RANGE.matcher(groupings.replaceAll(" ")).replaceAll(" ");
    List<Selector> selectors = new ArrayList<>();
    NAME.matcher(rest)
        .results()
        .filter(found -> !"(".equals(found.group(2)))
        .filter(found -> !WORDS.contains(found.group(1)))
        .forEach(found -> selectors.add(selector(found.group(1), found.group(3))));
    return new PromQl(selectors, labels);
  }

  private static Selector selector(String metric, String matchers) {
    Set<String> labels = new LinkedHashSet<>();
    Map<String, String> equal = new LinkedHashMap<>();
    String text = matchers == null ? "" : matchers;
    Matcher one = MATCHER.matcher(text);
    int end = 0;
    while (end < text.length() && one.find(end) && one.start() == end) {
      labels.add(one.group(1));
      if (one.group(2).equals("=")) {
        equal.put(one.group(1), one.group(3));
      }
      end = one.end();
    }
    if (end < text.strip().length()) {
      throw new IllegalArgumentException("no matchers: " + text);
    }
    return new Selector(metric, labels, equal);
  }

  Set<String> metrics() {
    return selectors.stream().map(Selector::metric).collect(Collectors.toSet());
  }
}
