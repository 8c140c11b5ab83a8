-- SPDX-License-Identifier: GPL-3.0-or-later
-- The first qd_refuse messages of the rooms are refused as too many, with the error mod_muc_limits has for it (prosody-modules, in no Debian package).
local st = require "util.stanza";
local left = module:get_option_number("qd_refuse", 0);

module:hook("muc-occupant-groupchat", function (event)
	if left > 0 and event.stanza.attr.type == "groupchat" and event.stanza:get_child("body") then
		left = left - 1;
		event.origin.send(st.error_reply(event.stanza, "wait", "policy-violation", "The room is currently overactive, please try again later"));
		return true;
	end
end, 1000);
