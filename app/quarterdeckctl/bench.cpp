// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/bench.h"

#include "app/quarterdeckctl/benchchat.h"
#include "app/quarterdeckctl/bencherase.h"
#include "app/quarterdeckctl/benchingest.h"
#include "app/quarterdeckctl/benchreplay.h"
#include "app/quarterdeckctl/benchreview.h"
#include "app/quarterdeckctl/benchscale.h"
#include "app/quarterdeckctl/benchscrub.h"
#include "app/quarterdeckctl/benchsearch.h"
#include "app/quarterdeckctl/benchstore.h"
#include "app/quarterdeckctl/benchtravel.h"
#include "app/quarterdeckctl/benchtriage.h"

#include <vector>

namespace qd::app {

std::span<const Bench> benches()
{
    static const std::vector<Bench> all{{"ingest", "alerts a second from HTTP bytes to committed record", benchIngest},
                                        {"triage", "alerts a second through 500 rules, decisions included", benchTriage},
                                        {"scale", "does an alert cost the same with a million active as with none", benchScale},
                                        {"journal", "records a second into the journal, from draft to FULL commit", benchJournal},
                                        {"fold", "decoded events a second into a State", benchFold},
                                        {"replay", "events a second from disk into a State: hash, open, decode, fold", benchReplay},
                                        {"start", "from nothing to accepting and showing, on a journal of a million events", benchStart},
                                        {"travel", "the State at a random instant, and scrubbing", benchTravel},
                                        {"verify", "judging a journal of a million events without its keys", benchVerify},
                                        {"search", "milliseconds a full-text query over the reference journal", benchSearch},
                                        {"chat", "10,000 messages of 50 rooms from a real Prosody onto the timelines", benchChat},
                                        {"review", "opening the review of an incident with 50,000 lines, and stepping through its past", benchReview},
                                        {"scrub", "a step through the past of an incident with 50,000 lines, from the key to the painted window", benchScrub},
                                        {"erase", "destroying a day's key among 100,000, and striking one text", benchErase}};
    return all;
}

} // namespace qd::app
