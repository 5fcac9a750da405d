package io.github.fapipack.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Draws horizontal bars in panels as a self-contained SVG. */
final class BarChart {
  private static final int WIDTH = 860;
  private static final int LABELS = 90;
  private static final int VALUES = 170;
  private static final int BAR = 15;
  private static final int GAP = 9;
  private static final int HEADING = 40;
  private static final List<String> COLOURS =
      List.of(
          "#8b98ab", "#5d6b80", "#5fb0c7", "#2f8fad", "#0b6e8a", "#094a5c", "#e0a458", "#c9792b");

  /**
   * One bar.
   *
   * @param remark behind its value
   */
  record Bar(double value, String remark) {}

  /**
   * Bars that belong together.
   *
   * @param bars one for each series, or none
   */
  record Group(String label, List<Optional<Bar>> bars) {}

  private record Panel(String title, List<Group> groups) {}

  private final String title;
  private final List<String> series;
  private final String unit;
  private final List<Panel> panels = new ArrayList<>();

  BarChart(String title, List<String> series, String unit) {
    this.title = title;
    this.series = List.copyOf(series);
    this.unit = unit;
  }

  /** Adds a panel with its own scale. */
  BarChart panel(String panelTitle, List<Group> groups) {
    if (!groups.isEmpty()) {
      panels.add(new Panel(panelTitle, groups));
    }
    return this;
  }

  String svg() {
    StringBuilder body = new StringBuilder();
    text(body, 20, 30, "start", "font-size=\"17\" font-weight=\"bold\"", title);
    int x = 20;
    for (int i = 0; i < series.size(); i++) {
      rectangle(body, x, 46, 12, 12, COLOURS.get(i % COLOURS.size()));
      text(body, x + 18, 57, "start", "", series.get(i));
      x += 32 + 7 * series.get(i).length();
    }
    int y = 70;
    for (Panel panel : panels) {
      y = draw(body, panel, y);
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
    font-family="sans-serif" font-size="13" fill="#1d2733" role="img">
    <title>%3$s</title>
    <rect width="100%%" height="100%%" fill="#ffffff"/>
    %4$s</svg>
    """
        .formatted(WIDTH, y + 20, escaped(title), body);
  }

  private int draw(StringBuilder body, Panel panel, int top) {
    text(body, 20, top + 26, "start", "font-weight=\"bold\"", panel.title());
    double most =
        panel.groups().stream()
            .flatMap(group -> group.bars().stream().flatMap(Optional::stream))
            .mapToDouble(Bar::value)
            .max()
            .orElse(1);
    int y = top + HEADING;
    for (Group group : panel.groups()) {
      int first = y;
      for (int i = 0; i < group.bars().size(); i++) {
        if (group.bars().get(i).isPresent()) {
          draw(body, group.bars().get(i).get(), COLOURS.get(i % COLOURS.size()), most, y);
          y += BAR;
        }
      }
      text(body, LABELS - 10, (first + y) / 2 + 5, "end", "", group.label());
      y += GAP;
    }
    return y;
  }

  private void draw(StringBuilder body, Bar bar, String colour, double most, int y) {
    int length = (int) Math.round((WIDTH - LABELS - VALUES) * bar.value() / most);
    rectangle(body, LABELS, y, Math.max(1, length), BAR - 2, colour);
    text(
        body,
        LABELS + length + 6,
        y + BAR - 4,
        "start",
        "font-size=\"12\"",
        String.format(Locale.ROOT, "%.2f %s  %s", bar.value(), unit, bar.remark()));
  }

  private static void rectangle(
      StringBuilder body, int x, int y, int width, int height, String colour) {
    body.append(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\" fill=\"%s\"/>\n"
            .formatted(x, y, width, height, colour));
  }

  private static void text(
      StringBuilder body, int x, int y, String anchor, String style, String words) {
    body.append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" %s>%s</text>\n"
            .formatted(x, y, anchor, style, escaped(words)));
  }

  private static String escaped(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
