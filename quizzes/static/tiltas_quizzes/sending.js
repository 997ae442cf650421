// On a page of a quiz that holds no answer itself: send what waits on this device.

import { flush } from "./queue.js";

flush();
