-- SPDX-License-Identifier: GPL-3.0-or-later
-- When the file qd_fill appears ("ROOM N"), the newest message of that room is put into its archive N times more, as "missed 0" and on: a long night, in
-- a moment. Nobody who is in the room hears of it. The file goes when that is done.
local timer = require "util.timer";
local st = require "util.stanza";
local archive = module:open_store("muc_log", "archive");
local order = module:get_option_string("qd_fill");

timer.add_task(0.1, function ()
	local file = io.open(order);
	if not file then return 0.1; end
	local room, count = file:read("*a"):match("(%S+) (%d+)");
	file:close();
	local _, newest, when, with = archive:find(room, { reverse = true, limit = 1 })();
	for n = 0, tonumber(count) - 1 do
		local message = st.clone(newest);
		message.attr.id = "filled-" .. n;
		message:remove_children("body");
		message:text_tag("body", "missed " .. n);
		archive:append(room, nil, message, when, with);
	end
	os.remove(order);
	return 0.1;
end);
