/** The server's time: countdowns and "now" never trust the clock of this device. */
import { computed, onScopeDispose, readonly, ref } from 'vue'
import { countDaysBetween, readWallClock } from '@/format/dates'

const offsetMilliseconds = ref(0)
const now = ref(Date.now())
let users = 0
let timer: number | undefined

/** Takes over what an answer says about the time. */
export function setServerNow(serverNow: string): void {
  offsetMilliseconds.value = new Date(serverNow).getTime() - Date.now()
  now.value = Date.now() + offsetMilliseconds.value
}

export function readServerNow(): number {
  return Date.now() + offsetMilliseconds.value
}

/** Today and now in Switzerland. */
export function readSwissNow() {
  return readWallClock(readServerNow())
}

// So late a customer may still run for it, or the train is late: no word about it.
const PAST_MINUTES = 5

/** A day and time (`08:30`) in Switzerland lies more than a few minutes before `at`: mostly, the date is wrong. */
export function isSwissTimePast(date: string, time: string, at: number): boolean {
  const present = readWallClock(at)
  const countMinutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
  const ahead = countDaysBetween(present.date, date) * 1440 + countMinutes(time) - countMinutes(present.time)
  return ahead < -PAST_MINUTES
}

/** Ticks every second while somebody looks. */
export function useServerClock() {
  users += 1
  now.value = readServerNow()
  timer ??= window.setInterval(() => {
    now.value = readServerNow()
  }, 1000)
  onScopeDispose(() => {
    users -= 1
    if (users === 0) {
      window.clearInterval(timer)
      timer = undefined
    }
  })
  return { now: readonly(now), today: computed(() => readWallClock(now.value).date) }
}
