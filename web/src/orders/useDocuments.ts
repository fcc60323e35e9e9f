/** The tickets of a sold order as one PDF: fetched until it is there, shown and printed at once. */
import { ref } from 'vue'
import { buildAddress } from '@/api/client'

const PAUSE_MILLISECONDS = 2_000
const PATIENCE = 30

export function useDocuments() {
  /** `separate`: SBB's documents cannot be put into one; each ticket is opened by itself. */
  const state = ref<'waiting' | 'ready' | 'late' | 'separate'>('waiting')
  const address = ref<string | null>(null)
  let timer: number | undefined
  let printed: string | null = null
  let run = 0

  async function look(target: string): Promise<'ready' | 'later' | 'separate'> {
    try {
      const response = await fetch(target, { headers: { Accept: 'application/pdf' }, credentials: 'same-origin' })
      const isPdf = (response.headers.get('Content-Type') ?? '').startsWith('application/pdf')
      const text = isPdf ? '' : await response.text()
      if (isPdf) await response.arrayBuffer()
      if (response.ok && isPdf) return 'ready'
      return text.includes('"documents-not-merged"') ? 'separate' : 'later'
    } catch {
      return 'later'
    }
  }

  async function fetchAll(number: string): Promise<void> {
    stop()
    const mine = run
    state.value = 'waiting'
    address.value = null
    const target = buildAddress(`/orders/${number}/documents.pdf`)
    for (let count = 0; count < PATIENCE; count += 1) {
      const found = await look(target)
      if (mine !== run) return
      if (found !== 'later') {
        address.value = found === 'ready' ? target : null
        state.value = found
        return
      }
      await new Promise<void>((resolve) => { timer = window.setTimeout(resolve, PAUSE_MILLISECONDS) })
      if (mine !== run) return
    }
    state.value = 'late'
  }

  /** Prints what the frame shows; a browser that keeps its viewer to itself gets a window of its own. */
  function print(frame: HTMLIFrameElement | null): void {
    try {
      frame?.contentWindow?.print()
    } catch {
      window.open(address.value ?? '', '_blank', 'noopener')
    }
  }

  /** At once after the sale, but not again for the same document. */
  function printOnce(frame: HTMLIFrameElement | null): void {
    if (address.value === null || printed === address.value) return
    printed = address.value
    print(frame)
  }

  function stop(): void {
    run += 1
    window.clearTimeout(timer)
  }

  return { state, address, fetchAll, print, printOnce, stop }
}
