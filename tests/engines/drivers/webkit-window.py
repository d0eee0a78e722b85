#!/usr/bin/python3
"""The smallest WebKitGTK browser that WebDriver can drive: windows with nothing around the page.

WebKit's own MiniBrowser has only private windows when it is driven, and bars that a narrow window is not wide enough
for. HEADSHOTS_PROFILE is where this one keeps what pages keep (empty: a private window), HEADSHOTS_DOWNLOADS where it
saves what pages hand over.
"""

import os

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

PROFILE = os.environ["HEADSHOTS_PROFILE"]
DOWNLOADS = os.environ["HEADSHOTS_DOWNLOADS"]


def website_data():
    if PROFILE == "":
        return WebKit2.WebsiteDataManager.new_ephemeral()
    return WebKit2.WebsiteDataManager(
        base_data_directory=os.path.join(PROFILE, "data"),
        base_cache_directory=os.path.join(PROFILE, "cache"),
    )


def open_window(_session):
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
    window = Gtk.Window(default_width=1280, default_height=1200)
    window.add(view)
    view.connect("close", lambda _: window.destroy())
    windows.add(window)
    window.connect("destroy", forget)
    window.show_all()
    return view


def forget(window):
    windows.discard(window)
    if not windows:
        Gtk.main_quit()


def take_session(_context, session):
    info = WebKit2.ApplicationInfo()
    info.set_name("WebKitGTK")
    info.set_version(
        WebKit2.get_major_version(), WebKit2.get_minor_version(), WebKit2.get_micro_version()
    )
    session.set_application_info(info)
    session.connect("create-web-view", open_window)


def choose_place(download, suggested):
    download.set_destination("file://" + os.path.join(DOWNLOADS, suggested))
    return True


windows = set()
context = WebKit2.WebContext(website_data_manager=website_data())
context.set_automation_allowed(True)
context.connect("automation-started", take_session)
context.connect("download-started", lambda _, download: download.connect("decide-destination", choose_place))
Gtk.main()
