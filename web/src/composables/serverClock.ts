/** The server's time: countdowns and "now" never trust the clock of this device. */
import { computed, onScopeDispose, readonly, ref } from 'vue'
import { readWallClock } from '@/format/dates'

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
