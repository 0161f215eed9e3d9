"""`/docs`: the page to try the API at. Its files are served from here; no other host is asked for anything.

`static/swagger-ui` is from the npm package swagger-ui-dist 5.35.0, unchanged but for the reference to a source map that
is not shipped. It is under the Apache License 2.0, which lies beside it.
"""

from flask import Blueprint, Response, render_template

# Swagger UI styles its parts inline and draws its icons from data addresses; all else comes from this host.
POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"

doors = Blueprint("docs", __name__, static_folder="static", static_url_path="/static", template_folder="templates")


@doors.route("/docs")
def docs() -> Response:
    """The page."""
    page = Response(render_template("docs.html"), content_type="text/html; charset=utf-8")
    page.headers["Content-Security-Policy"] = POLICY
    return page
