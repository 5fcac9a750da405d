package io.github.fapipack.report;

import io.github.fapipack.audit.Finding;
import java.io.IOException;

/** Writes the results of an audit while it runs, so that a report may be larger than the memory. */
interface ReportWriter {

  void begin() throws IOException;

  void finding(Finding finding) throws IOException;

  void end(Summary summary) throws IOException;
}
