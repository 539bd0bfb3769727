/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;

/**
 * A handler of objects behind one of streams, with AWS's own serializers chosen as its runtime does
 * ({@code EventHandlerLoader} of the runtime interface client): so field names and dates come out as they do there.
 */
final class ObjectHandler implements RequestStreamHandler {

    private final RequestHandler<Object, Object> handler;
    private final PojoSerializer<Object> input;
    private final PojoSerializer<Object> output;

    @SuppressWarnings("unchecked")
    ObjectHandler(RequestHandler<?, ?> handler) {
        this.handler = (RequestHandler<Object, Object>) handler;
        var method = method(handler.getClass());
        this.input = serializer(method.getGenericParameterTypes()[0]);
        this.output = serializer(method.getGenericReturnType());
    }

    /** The method that the class declares; beside it the compiler puts a bridge that takes any object. */
    private static Method method(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals("handleRequest")
                        && !method.isBridge()
                        && method.getParameterCount() == 2
                        && method.getParameterTypes()[1] == Context.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(type + " has no method handleRequest"));
    }

    @SuppressWarnings("unchecked")
    private static PojoSerializer<Object> serializer(Type type) {
        if (type instanceof Class<?> plain && LambdaEventSerializers.isLambdaSupportedEvent(plain.getName())) {
            return (PojoSerializer<Object>) LambdaEventSerializers.serializerFor(plain, plain.getClassLoader());
        }
        return JacksonFactory.getInstance().getSerializer(type);
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) {
        output.toJson(handler.handleRequest(input.fromJson(in), context), out);
    }
}
