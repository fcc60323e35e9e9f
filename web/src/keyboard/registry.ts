/**
 * One listener for all keys of the page. Layers stack: while a dialog is open only its own keys work. F1 shows what is
 * registered here, so a key that works is always a key that is shown.
 */
import { shallowReactive } from 'vue'

export interface KeyBinding {
  /** As shown: `Ctrl+Enter`, `F2`, `Escape`, `PageUp`, `/`. Ctrl also means ⌘. */
  keys: string
  /** Text of what it does. */
  textKey: string
  run: (event: KeyboardEvent) => void
  /** Whether it can be used at this moment; without it, always. */
  isActive?: () => boolean
}

export interface KeyLayer {
  bindings: readonly KeyBinding[]
  /** Keys of lower layers do not work while this one is there. */
  isModal: boolean
}

const layers = shallowReactive<KeyLayer[]>([])
const heldCodes = new Set<string>()

export function addLayer(layer: KeyLayer): () => void {
  layers.push(layer)
  return () => {
    const place = layers.indexOf(layer)
    if (place >= 0) layers.splice(place, 1)
  }
}

/** The layers whose keys work now, the uppermost first. */
export function listActiveLayers(): KeyLayer[] {
  const active: KeyLayer[] = []
  for (const layer of [...layers].reverse()) {
    active.push(layer)
    if (layer.isModal) break
  }
  return active
}

/** Letters come from `event.key`, so that QWERTZ and others work alike. */
export function matchesKeys(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split('+')
  const name = parts.at(-1) ?? ''
  const wantsControl = parts.includes('Ctrl')
  const hasControl = event.ctrlKey || event.metaKey
  if (wantsControl !== hasControl || event.altKey || (event.shiftKey && name !== '/')) return false
  return event.key.toLowerCase() === name.toLowerCase()
}

/** Composition of characters and AltGraph (which types characters) are never commands. */
export function isTyping(event: KeyboardEvent): boolean {
  return event.isComposing || event.getModifierState('AltGraph')
}

export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select')
}

function isRepeated(event: KeyboardEvent): boolean {
  return event.repeat || heldCodes.has(event.code)
}

function handleKeydown(event: KeyboardEvent): void {
  const isAgain = isRepeated(event)
  if (event.code) heldCodes.add(event.code)
  if (isAgain || event.defaultPrevented || isTyping(event)) return
  for (const layer of listActiveLayers()) {
    const binding = layer.bindings.find((one) => matchesKeys(event, one.keys) && (one.isActive?.() ?? true))
    if (binding && !(binding.keys === '/' && isTextField(event.target))) {
      event.preventDefault()
      binding.run(event)
      return
    }
  }
}

function handleKeyup(event: KeyboardEvent): void {
  heldCodes.delete(event.code)
  // macOS tells nothing of keys that are released while ⌘ is held.
  if (event.key === 'Meta') heldCodes.clear()
}

export function startKeyboard(target: Window): () => void {
  const forget = () => {
    heldCodes.clear()
  }
  target.addEventListener('keydown', handleKeydown)
  target.addEventListener('keyup', handleKeyup)
  target.addEventListener('blur', forget)
  return () => {
    target.removeEventListener('keydown', handleKeydown)
    target.removeEventListener('keyup', handleKeyup)
    target.removeEventListener('blur', forget)
    forget()
  }
}
