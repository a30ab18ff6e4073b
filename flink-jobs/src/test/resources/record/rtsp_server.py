#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# A camera for tests: serves an MP4 at rtsp://127.0.0.1:PORT/live until its standard input ends.
#   usage: rtsp_server.py PORT FILE [USER PASSWORD] [--tls PEM]
#   wants python3-gi, gir1.2-gst-rtsp-server-1.0, plugins base, good, bad; for --tls glib-networking besides
import os
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gio, GLib, Gst, GstRtsp, GstRtspServer

Gst.init(None)
pem = sys.argv.pop() if sys.argv[-2:-1] == ["--tls"] else None
port, video, *login = sys.argv[1 : -1 if pem else None]
server = GstRtspServer.RTSPServer(address="127.0.0.1", service=port)
factory = GstRtspServer.RTSPMediaFactory()
factory.set_launch(
    f'( filesrc location="{video}" ! qtdemux ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=1 )'
)
if login or pem:
    auth, token = GstRtspServer.RTSPAuth(), GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "user")
    if pem:
        auth.set_tls_certificate(Gio.TlsCertificate.new_from_file(pem))
    if login:
        auth.add_digest(login[0], login[1], token)
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    else:
        auth.set_default_token(token)
    server.set_auth(auth)
    factory.add_role_from_structure(Gst.Structure.from_string("user, media.factory.access=true, media.factory.construct=true")[0])
server.get_mount_points().add_factory("/live", factory)
if server.attach(None) == 0:
    sys.exit(f"port {port} is taken")
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
print("ready", flush=True)
GLib.MainLoop().run()
