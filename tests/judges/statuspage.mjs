// SPDX-License-Identifier: GPL-3.0-or-later
// A real Chromium reads a status page. Each line of its input is a task, a JSON object; each line of its output is what came of it.
//   {"do":"read","url":U,"script":false,"width":W,"height":H,"dark":true,"shot":FILE}  what a reader sees, and what axe-core finds
//   {"do":"keys","url":U}                                                               what Tab reaches, in order, and whether focus is seen
//   {"do":"late","url":U,"minutes":M}                                                  whether it says that it may be out of date, now and M minutes later by its own clock
//   {"do":"follow","url":U,"text":T}                                                    says "open", then when the text came
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

const require = createRequire(process.env.QD_JUDGES + '/package.json')
const { chromium } = require('playwright-core')
const axe = require('axe-core').source

const browser = await chromium.launch({ executablePath: process.env.QD_CHROMIUM, timeout: 300000, args: process.getuid() === 0 ? ['--no-sandbox'] : [] })
const say = (what) => process.stdout.write(JSON.stringify(what) + '\n')

async function open(task, more = {}) {
  const context = await browser.newContext({
    javaScriptEnabled: task.script !== false, viewport: { width: task.width ?? 1280, height: task.height ?? 800 }, colorScheme: task.dark ? 'dark' : 'light',
    locale: task.locale ?? 'en-GB', timezoneId: 'Europe/Berlin', ...more })
  context.setDefaultTimeout(task.patience ?? 60000)
  const page = await context.newPage()
  const complaints = []
  page.on('console', (m) => { if (m.type() === 'error') complaints.push(m.text()) })
  page.on('pageerror', (e) => complaints.push(String(e)))
  page.on('dialog', (d) => { complaints.push('dialog: ' + d.message()); d.dismiss() })
  await page.goto(task.url)
  return { context, page, complaints }
}

const tasks = {
  async read(task) {
    const { context, page, complaints } = await open(task)
    const out = {
      text: await page.locator('body').innerText(), title: await page.title(), complaints,
      overflow: await page.locator('html').evaluate((e) => e.scrollWidth - e.clientWidth).catch(() => null),
      elements: await page.locator('script, img, iframe, object, embed').count(),
    }
    if (task.shot) await page.screenshot({ path: task.shot, fullPage: true })
    await context.close()
    if (task.script === false) return out
    // axe-core is put in from outside, which the page's own policy would not let happen.
    const judged = await open(task, { bypassCSP: true })
    await judged.page.evaluate(axe)
    const found = await judged.page.evaluate(() => window.axe.run())
    out.violations = found.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html + ' ' + n.failureSummary).join(' | '))
    await judged.context.close()
    return out
  },
  async keys(task) {
    const { context, page } = await open(task)
    const stops = []
    for (let n = 0; n < 60; ++n) {
      await page.keyboard.press('Tab')
      const stop = await page.evaluate(() => {
        const e = document.activeElement
        return e === document.body ? null : { id: e.id, text: e.textContent.trim(), outline: getComputedStyle(e).outlineStyle, width: getComputedStyle(e).outlineWidth }
      })
      if (!stop || stops.some((s) => s.id === stop.id)) break
      stops.push(stop)
    }
    // The days of a component open by a key alone.
    const summary = page.locator('summary').first()
    let opened = null
    if (await summary.count()) {
      await summary.focus()
      await page.keyboard.press('Enter')
      opened = await page.locator('details').first().evaluate((d) => d.open)
    }
    await context.close()
    return { stops, opened }
  },
  async late(task) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', timezoneId: 'Europe/Berlin' })
    context.setDefaultTimeout(task.patience ?? 60000)
    const page = await context.newPage()
    await page.clock.install({ time: Date.now() })
    await page.goto(task.url)
    const out = { before: await page.locator('#late').isVisible() }
    await context.setOffline(true) // nobody tells it: it is the page that was out already
    await page.clock.fastForward(task.minutes * 60000)
    await page.clock.runFor(20000)
    out.after = await page.locator('#late').isVisible()
    out.text = await page.locator('#late').innerText()
    await context.close()
    return out
  },
  async follow(task) {
    const { context, page, complaints } = await open(task)
    await page.evaluate((text) => {
      window.came = 0
      new MutationObserver(() => { if (!window.came && document.body.innerText.includes(text)) window.came = Date.now() }).observe(document.documentElement, { subtree: true, childList: true, characterData: true })
    }, task.text)
    say({ open: true })
    await page.waitForFunction(() => window.came > 0, null, { timeout: task.patience ?? 60000, polling: 20 })
    const out = { came: await page.evaluate(() => window.came), text: await page.locator('body').innerText(), complaints }
    await context.close()
    return out
  },
}

for await (const line of createInterface({ input: process.stdin })) {
  const task = JSON.parse(line)
  try {
    say(await tasks[task.do](task))
  } catch (e) {
    say({ failed: String(e) })
  }
}
await browser.close()
