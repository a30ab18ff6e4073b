// SPDX-License-Identifier: Apache-2.0
/** What is kept, as tools for agents: a server of the Model Context Protocol (MCP) on standard input and output. */
@NullMarked
package dev.longwatch.dashboards.mcp;

import org.jspecify.annotations.NullMarked;
