/** What is late: trains that have left, a hold about to end, a list of places slower than the seller. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { isSwissTimePast } from '@/composables/serverClock'
import { LANGUAGES, type Language } from '@/format/language'
import { FakeServer } from '../../../tests/fakeServer'
import { mountCounter, type Counter } from '../../../tests/mountCounter'

const WORDS: Record<Language, [past: string, departed: string, warning: string]> = {
  de: ['vorbei', 'abgefahren', 'Achtung: Die Abfahrt Di 24.11. 07:32 ist schon vorbei.'],
  fr: ['passé', 'parti', 'le départ mar. 24.11. 07:32 est déjà passé.'],
  it: ['passata', 'partito', 'la partenza ma 24.11. 07:32 è già passata.'],
  en: ['past', 'departed', 'the departure Tue 24.11. 07:32 is already past.'],
}
let counter: Counter

async function start(language: Language = 'de', server = new FakeServer()) {
  counter = await mountCounter({ language, server })
}

async function search(command: string) {
  counter.type(command)
  await counter.press('Enter')
}

/** The words beside the time of each row, first row first. */
function readRows(): string[] {
  return [...document.querySelectorAll('[id^=trip-] .times')].map((one) => one.lastElementChild?.textContent ?? '')
}

function readMeaning(focusName: string): string {
  return document.querySelector(`[data-focus="${focusName}"]`)?.parentElement?.querySelector('.field-hint')?.textContent ?? ''
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-24T08:02:00+01:00'), toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
})

afterEach(() => {
  counter.leave()
  vi.useRealTimers()
})

describe('a train that has left', () => {
  it.each(LANGUAGES)('is named in its row, and before it is sold (%s)', async (language) => {
    const [past, departed, warning] = WORDS[language]
    await start(language)
    counter.type('zue bn 0730')
    await counter.settle()
    expect(counter.text()).toContain(`07:30 (${past})`)
    await counter.press('Enter')
    expect(readRows()).toEqual([departed, '+4', '', '', ''])
    expect(readMeaning('time')).toBe(past)
    await counter.press('Enter')
    await counter.press('Enter')
    for (const text of ['Anna', 'Keller']) {
      counter.type(text)
      await counter.press('Enter')
    }
    counter.type('120484')
    await counter.press('Enter')
    expect(counter.focused()).toBe('held')
    expect(document.activeElement?.textContent).toContain(warning)
  })

  it('is told while one looks, and a late one only when it leaves', async () => {
    await start()
    await search('zue bn 0801')
    expect(readRows().slice(0, 2)).toEqual(['+4', ''])
    await vi.advanceTimersByTimeAsync(3 * 60_000)
    expect(readRows()[0]).toBe('+4')
    await vi.advanceTimersByTimeAsync(2 * 60_000)
    expect(readRows().slice(0, 2)).toEqual(['+4 · abgefahren', ''])
  })

  it('says nothing of trains to come, of the present, or of another day', async () => {
    await start()
    await search('zue bn 0730 tom')
    expect(readRows()[0]).toBe('')
    expect(readMeaning('time')).toBe('')
    await counter.press('Enter')
    await counter.press('Enter')
    expect(counter.text()).not.toContain('Achtung')
  })

  it('goes by the server’s clock, not by that of this device', async () => {
    vi.setSystemTime(new Date('2026-11-24T23:00:00+01:00'))
    await start()
    await search('zue bn 0830')
    expect(readRows()[0]).toBe('')
    expect(readMeaning('time')).toBe('')
  })
})

describe('a time that is past', () => {
  const at = Date.parse('2026-11-24T08:02:00+01:00')

  it.each([
    ['2026-11-24', '07:57', false],
    ['2026-11-24', '07:56', true],
    ['2026-11-24', '23:59', false],
    ['2026-11-23', '23:59', true],
    ['2026-11-25', '00:00', false],
  ])('%s %s: %s', (date, time, isPast) => {
    expect(isSwissTimePast(date, time, at)).toBe(isPast)
  })
})

describe('a hold that became too short to sell', () => {
  it('says so, sells nothing, and is held again by Enter', async () => {
    await start()
    await search('zue bn half')
    await counter.press('Enter')
    await counter.press('Enter')
    for (const text of ['Anna', 'Keller']) {
      counter.type(text)
      await counter.press('Enter')
    }
    counter.type('120484')
    await counter.press('Enter')
    const first = [...counter.server.orders.values()][0]
    await vi.advanceTimersByTimeAsync(Date.parse(first?.confirm_until ?? '') - Date.now() + 1000)
    await counter.settle()
    expect(counter.text()).toContain('Zu knapp, um sicher zu verkaufen')
    expect(counter.focused()).toBe('hold-again')
    await counter.press('Ctrl+Enter')
    expect(counter.server.requests.some((one) => one.path.endsWith('/confirm'))).toBe(false)
    counter.server.now = new Date(Date.now()).toISOString()
    await counter.press('Enter')
    expect(counter.focused()).toBe('held')
    expect(counter.text()).not.toContain('Zu knapp')
    await counter.press('Ctrl+Enter')
    expect(counter.server.bookings).toHaveLength(1)
  })
})

describe('a list of places that comes late', () => {
  it('takes no Enter away from who types faster', async () => {
    const server = new FakeServer()
    const answer = server.fetch
    let release: () => void = () => undefined
    const gate = new Promise<void>((resolve) => { release = resolve })
    Object.assign(server, {
      fetch: async (input: string, init?: RequestInit) => {
        if (input.endsWith('/places')) await gate
        return answer(input, init)
      },
    })
    await start('de', server)
    await search('zue bn half')
    expect(counter.focused()).toBe('command')
    release()
    await counter.settle()
    expect(counter.focused()).toBe('connections')
    expect(readRows()).toHaveLength(5)
  })
})
